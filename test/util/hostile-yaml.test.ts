import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { faultOf, temporaryFolder } from '../market/temporary.ts';

/** Nine levels of nine aliases each: 387 million values in ten lines. */
const bomb = (): string => {
  const levels = Array.from({ length: 9 }, (_, n) => {
    const below = n === 0 ? 'x' : `*l${n - 1}`;
    return `l${n}: &l${n} [${Array.from({ length: 9 }, () => below).join(',')}]`;
  });
  return `${levels.join('\n')}\n`;
};

const HOSTILE: readonly [what: string, text: string][] = [
  ['a bomb of aliases', bomb()],
  ['a list that contains itself', 'a: &a [*a]\n'],
  ['a merge of an alias', 'a: &a {x: 1}\nb: {<<: *a}\n'],
  ['lists in lists without end', `a: ${'['.repeat(100_000)}`],
  ['lists in lists', `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['mappings in mappings', '{a: '.repeat(50_000)],
  ['a function', 'a: !!js/function "x"\n'],
  ['a key that is a list', '? [a]\n: b\n'],
  ['a byte of zero', 'a: \0\n'],
  ['no text', Buffer.from([0xff, 0xfe, 0x80, 0x81]).toString('latin1')],
  ['a text without end', `a: "${'\\'.repeat(100_001)}`],
  ['millions of keys', Array.from({ length: 1_000_000 }, (_, n) => `k${n}: 1`).join('\n')],
  ['a list where names are expected', '- 1\n- 2\n'],
  ['a word', 'nothing\n'],
  ['nothing', ''],
];

/** Where each file stands, and who reads it. */
const READERS: readonly [name: string, file: string, read: (folder: string) => unknown][] = [
  ['facts', 'MSFT.yaml', (folder) => loadFacts(folder)],
  ['messages', 'en.yaml', (folder) => loadCatalogue(folder)],
  ['a file of config', 'watchlist.yaml', (folder) => loadWatchlist(join(folder, 'watchlist.yaml'))],
];

const MEGABYTE = 2 ** 20;

test.each(READERS.flatMap(([name, file, read]) => HOSTILE.map(([what, text]) => ({ name, file, read, what, text }))))(
  '$what in the place of $name is refused at once, naming the file, which stays as it was',
  ({ file, read, text }) => {
    const folder = temporaryFolder();
    const path = join(folder, file);
    writeFileSync(path, text);
    const before = process.memoryUsage().heapUsed;
    const began = process.cpuUsage();
    const fault = faultOf(() => read(folder));
    const { user, system } = process.cpuUsage(began);
    expect(fault).toMatch(/^(ConfigError|FactsError|CatalogueError): /);
    expect(fault.split('\n')[0]).toContain(file);
    expect(fault.length).toBeLessThan(2_000);
    expect(user + system).toBeLessThan(1_000_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * MEGABYTE);
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);
