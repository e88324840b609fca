import footnote from "markdown-it-footnote";
import markdownIt from "markdown-it";
const slug = s => s.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const M = ["January","February","March","April","May","June","July","August","September","October","November","December"];
const PER = 20;
function paged(groups, base) {            // [{name, slug, posts, n, of, prev, next}]
  const out = [];
  for (const [name, posts] of groups) {
    const of = Math.ceil(posts.length / PER), root = base + slug(name) + "/";
    const url = n => n < 2 ? root : `${root}page/${n}/`;
    for (let n = 1; n <= of; n++) out.push({ name, url: url(n), posts: posts.slice((n - 1) * PER, n * PER), n, of,
      prev: n > 1 ? url(n - 1) : null, next: n < of ? url(n + 1) : null });
  }
  return out;
}
export default function (cfg) {
  cfg.setLibrary("md", markdownIt({ html: true }).use(footnote));
  cfg.addPassthroughCopy({ "src/images": "images", "src/style.css": "style.css" });
  cfg.addFilter("tagslug", slug);
  cfg.addFilter("day", d => `${d.getUTCDate()} ${M[d.getUTCMonth()]} ${d.getUTCFullYear()}`);
  cfg.addFilter("iso", d => d.toISOString());
  cfg.addFilter("rfc822", d => d.toUTCString());
  cfg.addFilter("cap", s => s[0].toUpperCase() + s.slice(1));
  const posts = api => {
    return api.getFilteredByGlob("src/posts/**/*.md").sort((a, b) => b.date - a.date);
  };
  const group = (ps, f) => { const m = new Map(); for (const p of ps) for (const k of f(p)) m.has(k) ? m.get(k).push(p) : m.set(k, [p]); return m; };
  const tagsOf = p => (p.data.tags || []);
  cfg.addCollection("posts", api => {
    const ps = posts(api);
    ps.forEach((p, i) => { p.data.newer = ps[i - 1] && { url: ps[i - 1].url, title: ps[i - 1].data.title };
                           p.data.older = ps[i + 1] && { url: ps[i + 1].url, title: ps[i + 1].data.title }; });
    return ps;
  });
  cfg.addCollection("latest", api => posts(api).slice(0, 20));
  cfg.addCollection("tagPages", api => paged(group(posts(api), tagsOf), "/tags/"));
  cfg.addCollection("sectionPages", api => paged(group(posts(api), p => [p.data.section]), "/sections/"));
  const feeds = groups => [...groups].map(([name, ps]) => ({ name, count: ps.length, posts: ps.slice(0, PER) }));
  cfg.addCollection("tagFeeds", api => feeds(group(posts(api), tagsOf)));
  cfg.addCollection("sectionFeeds", api => feeds(group(posts(api), p => [p.data.section])));
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
