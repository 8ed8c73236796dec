import type { Feed, FeedEntry } from './feed.ts';
import { xmlText } from './xml.ts';

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8';

const instant = (at: number): string => new Date(at).toISOString();

const entryXml = ({ id, title, at, link, about, summary, content }: FeedEntry): string => `<entry>
<id>${xmlText(id)}</id>
<title>${xmlText(title)}</title>
<published>${instant(at)}</published>
<updated>${instant(at)}</updated>
<link rel="alternate" type="text/html" href="${xmlText(link)}"/>${about === undefined ? '' : `\n<category term="${xmlText(about)}"/>`}
<summary>${xmlText(summary)}</summary>
<content type="html">${xmlText(content)}</content>
</entry>
`;

/** A feed as Atom (RFC 4287). */
export const atomXml = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(feed.language)}">
<id>${xmlText(feed.id)}</id>
<title>${xmlText(feed.title)}</title>
<subtitle>${xmlText(feed.subtitle)}</subtitle>
<updated>${instant(feed.updated)}</updated>
<author><name>Slidewatch</name></author>
<generator>Slidewatch</generator>
<link rel="self" type="application/atom+xml" href="${xmlText(feed.self)}"/>
<link rel="alternate" type="text/html" href="${xmlText(feed.board)}"/>
${feed.entries.map(entryXml).join('')}</feed>
`;
