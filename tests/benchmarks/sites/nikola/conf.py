"""Nikola's settings for the benchmark."""

BLOG_AUTHOR = "Bench"
BLOG_TITLE = "The Daily Bench"
BLOG_EMAIL = "a@bench.example.org"
BLOG_DESCRIPTION = "The Daily Bench"
SITE_URL = "https://bench.example.org/"
BASE_URL = SITE_URL
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
NAVIGATION_LINKS = {"en": ()}
TIMEZONE = "America/New_York"
FUTURE_IS_NOW = True
SCHEDULE_ALL = False

POSTS = (("posts/*.md", "articles", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": [".md"], "html": [".html"]}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
THEME = "bench"
COPY_SOURCES = False
SHOW_SOURCELINK = False
COMMENT_SYSTEM = ""
USE_BUNDLES = False
GLOBAL_CONTEXT = {}
IMAGE_FOLDERS = {}
LISTINGS_FOLDERS = {}
GALLERY_FOLDERS = {}
PRESERVE_EXIF_DATA = False

PRETTY_URLS = True
STRIP_INDEXES = True
TAG_PATH = "tags"
CATEGORY_PATH = "sections"
CATEGORY_PREFIX = ""
TAG_PAGES_ARE_INDEXES = True
CATEGORY_PAGES_ARE_INDEXES = True
CATEGORY_ALLOW_HIERARCHIES = False
CATEGORY_OUTPUT_FLAT_HIERARCHY = True
HIDDEN_TAGS = []
HIDDEN_CATEGORIES = []
HIDDEN_AUTHORS = []
TAGLIST_MINIMUM_POSTS = 1
ENABLE_AUTHOR_PAGES = False
CREATE_MONTHLY_ARCHIVE = False
INDEX_DISPLAY_POST_COUNT = 20
INDEXES_STATIC = False
INDEXES_PRETTY_PAGE_URL = ["page", "{number}", "{index_file}"]

GENERATE_RSS = True
GENERATE_ATOM = False
FEED_TEASERS = False
FEED_PLAIN = False
FEED_LENGTH = 20
RSS_FILENAME_BASE = "feed"
FEED_LINKS_APPEND_QUERY = False

DISABLED_PLUGINS = [
    "classify_archive",
    "classify_authors",
    "classify_page_index",
    "render_galleries",
    "render_listings",
    "scale_images",
    "create_bundles",
    "copy_assets",
    "robots",
    "redirect",
    "render_sources",
    "gzip",
]
