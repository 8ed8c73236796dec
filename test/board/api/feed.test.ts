import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import type { BoardView, PostedCard } from '../../../src/board/board-view.ts';
import type { Card } from '../../../src/cards/card.ts';
import { nvidiaEn, togetherKo } from '../board-view.ts';
import { asHost, openBoard } from '../open-board.ts';
import { programs, programsView } from './programs.ts';
import { type Element, readXml } from './read-xml.ts';

/** What XML has no place for. */
const NOT_XML = ['\u0000', '\u0008', '\ud800', '\ufffe'];
const HOSTILE = `]]></title></content><script>alert(1)</script><entry>"'><img src=x onerror="alert(1)"> & &amp; \u{1f4c9}\r\n`;
const ATTACK = `${HOSTILE} ${NOT_XML.join(' ')}`;

const viewWith = (...cards: PostedCard[]): BoardView => ({
  ...programsView,
  feed: async () => ({ instance: 'abc123', cards }),
});

const feedText = async (path: string, view = programsView, origin?: string): Promise<string> => {
  const answer = await programs({ view, ...(origin !== undefined && { origin }) }).request(path);
  expect(answer.status).toBe(200);
  return answer.text();
};

const atom = async (...given: Parameters<typeof feedText>): Promise<Element> => readXml(await feedText(...given));

const all = (element: Element, name: string): Element[] => element.children.filter((it) => it.name === name);

/** The one child of a name; fails for none or several. */
const one = (element: Element, name: string): Element => {
  const [found, ...more] = all(element, name);
  if (found === undefined || more.length > 0) throw new Error(`Expected one ${name} in ${element.name}`);
  return found;
};

const link = (element: Element, rel: string): string | undefined =>
  all(element, 'link').find(({ attributes }) => attributes.rel === rel)?.attributes.href;

/** Tags of some HTML, with the attributes that could do something. */
const tagsIn = (content: string): string[] => {
  const tags: string[] = [];
  new Parser({ onopentag: (name, attributes) => tags.push([name, ...Object.keys(attributes)].join(' ')) }).end(content);
  return tags;
};

// RFC 4287, 4.1.1 and 4.1.2, and 3.3 for dates; RFC 4151, 2.1 for tag URIs.
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const TAG_URI = /^tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[\w/.-]+$/;

test('the feed is Atom: each element that the RFC asks for, once, and the card’s page as its link', async () => {
  const feed = await atom('/feed.atom', viewWith(nvidiaEn, togetherKo), 'https://board.example');
  expect([feed.name, feed.attributes.xmlns, feed.attributes['xml:lang']]).toEqual([
    'feed',
    'http://www.w3.org/2005/Atom',
    'en',
  ]);
  expect(one(feed, 'id').text).toMatch(TAG_URI);
  expect(one(feed, 'title').text).toBe('Slidewatch');
  expect(one(one(feed, 'author'), 'name').text).toBe('Slidewatch');
  expect(link(feed, 'self')).toBe('https://board.example/feed.atom');
  expect(link(feed, 'alternate')).toBe('https://board.example/');
  expect(one(feed, 'updated').text).toBe(new Date(nvidiaEn.postedAt).toISOString());
  const entries = all(feed, 'entry');
  expect(entries.map((entry) => link(entry, 'alternate'))).toEqual([
    'https://board.example/card/7',
    'https://board.example/card/3',
  ]);
  expect(new Set(entries.map((entry) => one(entry, 'id').text)).size).toBe(2);
  for (const entry of entries) {
    expect(one(entry, 'id').text).toMatch(TAG_URI);
    expect(one(entry, 'updated').text).toMatch(DATE);
    expect(one(entry, 'published').text).toMatch(DATE);
    expect(one(entry, 'title').text).not.toBe('');
    expect(one(entry, 'content').attributes.type).toBe('html');
  }
  const [nvidia] = entries;
  if (!nvidia) throw new Error('Expected an entry');
  expect(one(nvidia, 'title').text).toBe(nvidiaEn.card.title);
  expect(one(nvidia, 'category').attributes.term).toBe('NVDA');
  expect(one(nvidia, 'summary').text).toContain(nvidiaEn.card.lead[0] ?? '');
  expect(one(nvidia, 'content').text).toContain('<a href="https://www.sec.gov/googl"');
});

test('an id stays the same at another address of the board and later, and is another in another language', async () => {
  const idsAt = async (...given: Parameters<typeof feedText>): Promise<string[]> => {
    const feed = await atom(...given);
    return [one(feed, 'id').text, ...all(feed, 'entry').map((entry) => one(entry, 'id').text)];
  };
  const here = await idsAt('/feed.atom', viewWith(nvidiaEn));
  expect(here).toEqual(['tag:slidewatch,2026:abc123/feed/en', 'tag:slidewatch,2026:abc123/card/7/en']);
  expect(await idsAt('/feed.atom?language=en', viewWith(nvidiaEn), 'https://board.example')).toEqual(here);
  expect(await idsAt('/feed.atom', viewWith({ ...nvidiaEn, postedAt: nvidiaEn.postedAt + 1 }))).toEqual(here);
  expect(await idsAt('/feed.atom?language=ko', viewWith(nvidiaEn))).not.toEqual(here);
});

test('the language is that of the board, or the one that is asked for', async () => {
  const asked: string[] = [];
  const view: BoardView = {
    ...programsView,
    feed: async (language) => {
      asked.push(language);
      return { instance: 'abc123', cards: [] };
    },
  };
  const feed = await atom('/feed.atom?language=ko', view);
  await atom('/feed.atom', view);
  expect(asked).toEqual(['ko', 'en']);
  expect(feed.attributes['xml:lang']).toBe('ko');
  expect(one(feed, 'subtitle').text).toMatch(/[가-힣]/);
  expect(link(feed, 'self')).toBe('http://localhost/feed.atom?language=ko');
});

test('a feed without a card is a feed', async () => {
  const feed = await atom('/feed.atom', viewWith());
  expect([one(feed, 'updated').text, all(feed, 'entry')]).toEqual(['1970-01-01T00:00:00.000Z', []]);
});

test('behind a proxy the links are those of BOARD_ORIGIN, and without one those of the address that was asked', async () => {
  const token = 'a-token-of-16-letters';
  const own = await openBoard({ view: programsView });
  const port = Number(new URL(own.url).port);
  const asked = await asHost(own, `localhost:${port}`, '/feed.atom');
  expect(link(readXml(asked.body), 'alternate')).toBe(`http://localhost:${port}/`);
  await own.close();
  await openBoard({ view: programsView, port, token, origin: 'https://board.example' });
  const headers = { authorization: `Bearer ${token}` };
  const proxied = readXml(await (await fetch(`http://127.0.0.1:${port}/feed.atom`, { headers })).text());
  expect(link(proxied, 'alternate')).toBe('https://board.example/');
  expect(link(proxied, 'self')).toBe('https://board.example/feed.atom');
});

const hostile = (text: string): PostedCard => {
  const card: Card = {
    kind: 'slide',
    tone: 'red',
    title: text,
    tag: text,
    lead: [text, text],
    quiet: text,
    sections: [
      {
        heading: text,
        hint: text,
        note: text,
        table: { columns: [{ title: text, align: 'left' }], rows: [[text]] },
        rows: [{ label: text, text, aside: text, link: 'javascript:alert(1)', mark: text }],
      },
    ],
    footer: [text],
  };
  return { ...nvidiaEn, card };
};

test.each(['/feed.atom', '/feed.rss'])('hostile text stays text in %s', async (path) => {
  const plain = await feedText(path, viewWith(hostile('words')));
  const text = await feedText(path, viewWith(hostile(ATTACK)));
  const names = (element: Element): unknown[] => [element.name, ...element.children.map(names)];
  const feed = readXml(text);
  expect(names(feed)).toEqual(names(readXml(plain)));
  const entry = path === '/feed.atom' ? one(feed, 'entry') : one(one(feed, 'channel'), 'item');
  // What XML has no place for is replaced; the rest is as it was.
  expect(one(entry, 'title').text).toBe(`${HOSTILE} ${NOT_XML.fill('\ufffd').join(' ')}`);
  const content = one(entry, path === '/feed.atom' ? 'content' : 'description').text;
  const harmless = readXml(plain);
  const before = path === '/feed.atom' ? one(harmless, 'entry') : one(one(harmless, 'channel'), 'item');
  const spans = (tags: string[]) => tags.filter((tag) => !tag.startsWith('span'));
  expect(spans(tagsIn(content))).toEqual(
    spans(tagsIn(one(before, path === '/feed.atom' ? 'content' : 'description').text)),
  );
  expect(content).not.toContain('href="javascript');
});

test('the RSS feed has the same cards, with dates and ids as RSS has them', async () => {
  const feed = readXml(await feedText('/feed.rss', viewWith(nvidiaEn, togetherKo)));
  const channel = one(feed, 'channel');
  expect([feed.name, feed.attributes.version]).toEqual(['rss', '2.0']);
  const [item] = all(channel, 'item');
  if (!item) throw new Error('Expected an item');
  expect(one(item, 'guid')).toMatchObject({
    text: 'tag:slidewatch,2026:abc123/card/7/en',
    attributes: { isPermaLink: 'false' },
  });
  expect(one(item, 'pubDate').text).toBe('Tue, 30 Jul 2024 20:01:00 GMT');
  expect(one(item, 'link').text).toBe('http://localhost/card/7');
});

test.each([
  ['/feed.atom', 'application/atom+xml; charset=utf-8'],
  ['/feed.rss', 'application/rss+xml; charset=utf-8'],
])('%s has its media type', async (path, type) => {
  expect((await programs().request(path)).headers.get('content-type')).toBe(type);
});
