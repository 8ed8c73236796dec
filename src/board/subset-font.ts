type Bytes = Buffer<ArrayBuffer>;

interface Reader {
  readonly table: (tag: string) => Bytes;
  readonly glyphCount: number;
  /** The bytes of a glyph's outline; empty for a space. */
  outline(glyph: number): Bytes;
}

const readFontFile = (font: Bytes): Reader => {
  const places = new Map<string, readonly [from: number, length: number]>();
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16)
    places.set(font.toString('latin1', at, at + 4), [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)]);
  const table = (tag: string): Bytes => {
    const [from, length] = places.get(tag) ?? [0, 0];
    return font.subarray(from, from + length);
  };
  const isLong = table('head').readInt16BE(50) === 1;
  const [loca, glyf] = [table('loca'), table('glyf')];
  const place = (glyph: number): number => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  return {
    table,
    glyphCount: table('maxp').readUInt16BE(4),
    outline: (glyph) => glyf.subarray(place(glyph), place(glyph + 1)),
  };
};

/** The glyph of each character of the basic plane that the font has, by the table of format 4. */
const glyphsOf = (cmap: Bytes, characters: string): Map<number, number> => {
  const records = Array.from({ length: cmap.readUInt16BE(2) }, (_, at) => cmap.readUInt32BE(8 + 8 * at));
  const at = records.find((offset) => cmap.readUInt16BE(offset) === 4) ?? 0;
  const double = cmap.readUInt16BE(at + 6);
  const glyphOf = (code: number): number => {
    for (let segment = 0; segment < double; segment += 2) {
      const end = at + 14 + segment;
      if (cmap.readUInt16BE(end) < code) continue;
      const [start, delta, range] = [end + double + 2, end + 2 * double + 2, end + 3 * double + 2];
      const first = cmap.readUInt16BE(start);
      if (first > code) return 0;
      const offset = cmap.readUInt16BE(range);
      const glyph = offset === 0 ? code : cmap.readUInt16BE(range + offset + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + cmap.readUInt16BE(delta)) & 0xffff;
    }
    return 0;
  };
  const codes = [...new Set(characters)].map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  return new Map(codes.map((code) => [code, glyphOf(code)] as const).filter(([, glyph]) => glyph !== 0));
};

/** The glyphs that a feature puts in the place of others, one for one. */
const substitutesOf = (gsub: Bytes, feature: string): Map<number, number> => {
  const [features, lookups] = [gsub.readUInt16BE(6), gsub.readUInt16BE(8)];
  const found = new Map<number, number>();
  for (let at = features + 2; at < features + 2 + 6 * gsub.readUInt16BE(features); at += 6) {
    if (gsub.toString('latin1', at, at + 4) !== feature) continue;
    const list = features + gsub.readUInt16BE(at + 4);
    const lookup = lookups + gsub.readUInt16BE(lookups + 2 + 2 * gsub.readUInt16BE(list + 4));
    const single = lookup + gsub.readUInt16BE(lookup + 6);
    if (gsub.readUInt16BE(lookup) !== 1 || gsub.readUInt16BE(single) !== 2) continue;
    const coverage = single + gsub.readUInt16BE(single + 2);
    covered(gsub, coverage).forEach((glyph, index) => {
      found.set(glyph, gsub.readUInt16BE(single + 6 + 2 * index));
    });
  }
  return found;
};

/** The glyphs of a coverage table, in its order. */
const covered = (table: Bytes, at: number): number[] => {
  const count = table.readUInt16BE(at + 2);
  if (table.readUInt16BE(at) === 1)
    return Array.from({ length: count }, (_, index) => table.readUInt16BE(at + 4 + 2 * index));
  return Array.from({ length: count }, (_, index) => at + 4 + 6 * index).flatMap((range) => {
    const [first, last] = [table.readUInt16BE(range), table.readUInt16BE(range + 2)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
};

const WORDS = 0x01;
const SCALE = 0x08;
const MORE = 0x20;
const TWO_SCALES = 0x40;
const MATRIX = 0x80;

/** The glyphs that a composed one is made of. */
const componentsOf = (outline: Bytes): number[] => {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const components: number[] = [];
  let at = 10;
  for (let flags = MORE; (flags & MORE) !== 0; ) {
    flags = outline.readUInt16BE(at);
    components.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0);
  }
  return components;
};

const words = (...values: readonly number[]): Bytes => {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, 2 * at);
  return bytes;
};

const cmapOf = (glyphs: ReadonlyMap<number, number>): Bytes => {
  const segments: { start: number; end: number; delta: number }[] = [];
  for (const [code, glyph] of glyphs) {
    const last = segments.at(-1);
    if (last && last.end + 1 === code && last.delta === glyph - code) last.end = code;
    else segments.push({ start: code, end: code, delta: glyph - code });
  }
  segments.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const count = segments.length;
  const power = 2 ** Math.floor(Math.log2(count));
  return words(
    ...[0, 1, 3, 1, 0, 12],
    ...[4, 16 + 8 * count, 0, 2 * count, 2 * power, Math.log2(power), 2 * (count - power)],
    ...segments.map(({ end }) => end),
    0,
    ...segments.map(({ start }) => start),
    ...segments.map(({ delta }) => delta),
    ...segments.map(() => 0),
  );
};

const tag = (name: string): readonly [number, number] => {
  const bytes = Buffer.from(name, 'latin1');
  return [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
};

/** One feature of one lookup, for every script. */
const gsubOf = (feature: string, substitutes: ReadonlyMap<number, number>): Bytes => {
  const pairs = [...substitutes].sort(([a], [b]) => a - b);
  return words(
    ...[1, 0, 10, 30, 44],
    // Scripts: the default one, whose default language has the feature.
    ...[1, ...tag('DFLT'), 8, 4, 0, 0, 0xffff, 1, 0],
    ...[1, ...tag(feature), 8, 0, 1, 0],
    ...[1, 4, 1, 0, 1, 8],
    ...[2, 6 + 2 * pairs.length, pairs.length, ...pairs.map(([, to]) => to)],
    ...[1, pairs.length, ...pairs.map(([from]) => from)],
  );
};

const checksum = (bytes: Bytes): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};

const padded = (bytes: Bytes): Bytes => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

const fontOf = (tables: Readonly<Record<string, Bytes>>): Bytes => {
  const entries = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(entries.length));
  const head = words(1, 0, entries.length, 16 * power, Math.log2(power), 16 * (entries.length - power));
  let place = 12 + 16 * entries.length;
  const records = entries.map(([name, bytes]) => {
    const record = Buffer.alloc(16);
    record.write(name, 'latin1');
    record.writeUInt32BE(checksum(padded(bytes)), 4);
    record.writeUInt32BE(place, 8);
    record.writeUInt32BE(bytes.length, 12);
    place += padded(bytes).length;
    return record;
  });
  return Buffer.concat([head, ...records, ...entries.map(([, bytes]) => padded(bytes))]);
};

/** Kept as they are. */
const COPIED = ['OS/2', 'gasp', 'head', 'hhea', 'maxp', 'name', 'prep'];

/**
 * A TrueType font with the outlines of these characters alone, and of their figures of equal width (`tnum`). Glyphs keep their
 * numbers; there is no kerning.
 */
export const subsetFont = (font: Uint8Array, characters: string): Uint8Array<ArrayBuffer> => {
  const { table, glyphCount, outline } = readFontFile(Buffer.from(font));
  const glyphs = glyphsOf(table('cmap'), characters);
  const shown = new Set(glyphs.values());
  const tabular = new Map([...substitutesOf(table('GSUB'), 'tnum')].filter(([from]) => shown.has(from)));
  // A set that grows while it is walked through is walked to its end.
  const kept = new Set([0, ...shown, ...tabular.values()]);
  for (const glyph of kept) for (const component of componentsOf(outline(glyph))) kept.add(component);

  const loca = Buffer.alloc(4 * (glyphCount + 1));
  const hmtx = Buffer.from(table('hmtx'));
  const outlines: Bytes[] = [];
  let place = 0;
  for (let glyph = 0; glyph < glyphCount; glyph += 1) {
    loca.writeUInt32BE(place, 4 * glyph);
    if (kept.has(glyph)) {
      const bytes = padded(outline(glyph));
      outlines.push(bytes);
      place += bytes.length;
    } else if (4 * glyph + 4 <= hmtx.length) hmtx.writeUInt32BE(0, 4 * glyph);
  }
  loca.writeUInt32BE(place, 4 * glyphCount);
  const head = Buffer.from(table('head'));
  head.writeInt16BE(1, 50);
  const post = Buffer.from(table('post').subarray(0, 32));
  // Without names.
  post.writeUInt32BE(0x00030000, 0);
  return new Uint8Array(
    fontOf({
      ...Object.fromEntries(COPIED.map((name) => [name, table(name)])),
      ...{ head, loca, glyf: Buffer.concat(outlines), hmtx, post },
      ...{ cmap: cmapOf(glyphs), GSUB: gsubOf('tnum', tabular) },
    }),
  );
};
