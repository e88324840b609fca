# One generator: paginated front, tag and section pages, feeds. (Cheaper than jekyll-paginate-v2 + jekyll-feed.)
module Bench
  PER = 20
  class Gen < Jekyll::Generator
    safe true
    def page(site, dir, name, layout, data)
      p = Jekyll::PageWithoutAFile.new(site, site.source, dir, name)
      p.content = ""
      p.data.merge!(data); p.data["layout"] = layout
      site.pages << p
    end
    def paged(site, root, title, posts)
      of = (posts.size / PER.to_f).ceil
      url = ->(n) { n < 2 ? "/#{root}" : "/#{root}page/#{n}/" }
      (1..of).each do |n|
        page(site, n < 2 ? root : "#{root}page/#{n}/", "index.html", "list",
             "title" => title, "items" => posts[(n - 1) * PER, PER], "n" => n, "of" => of,
             "newer" => (n > 1 ? url.(n - 1) : nil), "older" => (n < of ? url.(n + 1) : nil))
      end
    end
    def generate(site)
      posts = site.posts.docs.sort_by(&:date).reverse
      paged(site, "", "The Daily Bench", posts)
      tags = Hash.new { |h, k| h[k] = [] }
      secs = Hash.new { |h, k| h[k] = [] }
      posts.each { |p| p.data["tags"].each { |t| tags[t] << p }; p.data["categories"].each { |c| secs[c] << p } }
      site.data["alltags"] = tags.keys.sort.map { |t| { "name" => t, "slug" => Jekyll::Utils.slugify(t), "count" => tags[t].size } }
      site.data["secs"] = secs.keys
      tags.each do |t, ps|
        s = Jekyll::Utils.slugify(t)
        paged(site, "tags/#{s}/", t, ps)
        page(site, "tags/#{s}", "feed.xml", "rss", "title" => t, "items" => ps.first(20))
      end
      secs.each do |c, ps|
        paged(site, "sections/#{c}/", c, ps)
        page(site, "sections/#{c}", "feed.xml", "rss", "title" => c, "items" => ps.first(20))
      end
      page(site, "", "feed.xml", "rss", "title" => "All", "items" => posts.first(20))
      page(site, "tags", "index.html", "tags", "title" => "Tags")
      page(site, "", "sitemap.xml", "sitemap", {})
    end
  end
end
