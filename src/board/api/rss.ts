import type { Feed, FeedEntry } from './feed.ts';
import { xmlText } from './xml.ts';

export const RSS_TYPE = 'application/rss+xml; charset=utf-8';

/** RFC 822, in the form that RSS asks for. */
const instant = (at: number): string => new Date(at).toUTCString();

const itemXml = ({ id, title, at, link, about, content }: FeedEntry): string => `<item>
<guid isPermaLink="false">${xmlText(id)}</guid>
<title>${xmlText(title)}</title>
<pubDate>${instant(at)}</pubDate>
<link>${xmlText(link)}</link>${about === undefined ? '' : `\n<category>${xmlText(about)}</category>`}
<description>${xmlText(content)}</description>
</item>
`;

/** A feed as RSS 2.0. */
export const rssXml = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${xmlText(feed.title)}</title>
<link>${xmlText(feed.board)}</link>
<description>${xmlText(feed.subtitle)}</description>
<language>${xmlText(feed.language)}</language>
<lastBuildDate>${instant(feed.updated)}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${xmlText(feed.self)}"/>
${feed.entries.map(itemXml).join('')}</channel>
</rss>
`;
