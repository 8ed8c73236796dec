import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';

/** The rooms from the ground up. A room imports from those above it in this list, types included, never from below. */
const ROOMS = [
  ['util', 'telemetry', 'http'],
  ['market', 'clock'],
  ['facts'],
  ['stories'],
  ['slides', 'i18n', 'charts'],
  ['store'],
  ['channels'],
  ['cards'],
  ['commands', 'schedule'],
  ['outbox', 'chat'],
  ['delivery', 'board', 'watch', 'refresh', 'digest'],
  ['app'],
  ['cli'],
  ['main'],
];

/** Lower rooms that a room must not know all the same. */
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  cards: ['store'],
  commands: ['store'],
  chat: ['store'],
  board: ['store', 'commands', 'chat'],
  delivery: ['commands', 'schedule'],
  stories: ['http', 'telemetry'],
};

/** SQL is written in one room, and what is a database's own in few files of it. */
const SQL = /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|from 'kysely/;
const SQLITE = /node:sqlite|\bPRAGMA\b|sqlite_master/;
const POSTGRES = /from 'pg'|\bpg_\w+\(|Postgres(Dialect|Pool|QueryCompiler)/;

/** Names that two rooms export, each for its own; see the glossary in ARCHITECTURE.md. */
const MOST_SHARED_NAMES = 10;

const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: root }).sort();
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const roomOf = (file: string): string => {
  const [top = '', room = ''] = file.split('/');
  return top === 'src' ? (room.includes('.') ? 'main' : room) : top;
};

const imports = files.flatMap((from) =>
  [...textOf(from).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map(([, specifier = '']) => ({
    from,
    to: normalize(join(dirname(from), specifier)),
  })),
);
const floorOf = (file: string): number => ROOMS.findIndex((floor) => floor.includes(roomOf(file)));
const crossing = imports.filter(({ from, to }) => roomOf(from) !== roomOf(to));

test('every folder of src is a room with a floor', () => {
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
});

test('imports run downwards: no room imports from its own floor or from above', () => {
  expect(crossing.length).toBeGreaterThan(500);
  expect(crossing.filter(({ from, to }) => floorOf(to) >= floorOf(from))).toEqual([]);
});

test('delivery knows no command; cards, commands, chat and board know no store', () => {
  expect(crossing.filter(({ from, to }) => CLOSED[roomOf(from)]?.includes(roomOf(to)))).toEqual([]);
});

test('SQL is written in the store alone, and what is a database’s own in few files of it', () => {
  expect(files.filter((file) => SQL.test(textOf(file)) && roomOf(file) !== 'store')).toEqual([]);
  const ofSqlite = files.filter((file) => SQLITE.test(textOf(file)));
  expect(ofSqlite.filter((file) => !/^src\/store\/sqlite[./]/.test(file))).toEqual([]);
  const ofPostgres = files.filter((file) => POSTGRES.test(textOf(file)));
  expect(ofPostgres.length).toBeGreaterThan(3);
  expect(ofPostgres.filter((file) => !/^src\/store\/postgres[./]/.test(file))).toEqual([]);
});

test('an exported name means one thing', () => {
  const places = new Map<string, string[]>();
  for (const file of files)
    for (const [, name = ''] of textOf(file).matchAll(
      /^export (?:declare )?(?:async )?(?:const|function|class|interface|type) (\w+)/gm,
    ))
      places.set(name, [...(places.get(name) ?? []), file]);
  const shared = [...places].filter(([, where]) => where.length > 1).map(([name]) => name);
  expect(shared.length, shared.join(' ')).toBeLessThanOrEqual(MOST_SHARED_NAMES);
});
