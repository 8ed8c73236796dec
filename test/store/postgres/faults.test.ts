import type { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { checkDatabase } from '../../../src/store/postgres/check.ts';
import { openStore, storeExists } from '../../../src/store/store.ts';
import { FOREIGN, HALF_MIGRATED, STATEMENTS } from '../inspect.ts';
import { newDatabase, openTestStore } from '../temporary.ts';
import { runOn, withDatabase } from './clone-database.ts';
import { GUARDED_USER } from './test-server.ts';

const SECRET = 'hunter2';
const server = inject('postgres') ?? { url: '', template: '', isOwn: false };

/** `Name: message` of the error of opening, which is one line and says no password. */
const openFault = async (url: string): Promise<string> => {
  const error = await openStore(url, { waitMs: 10 }).then(
    () => new Error('expected a fault, and there was none'),
    (fault: Error) => fault,
  );
  expect(`${error.message}${error.stack}${JSON.stringify(error.cause ?? null)}`).not.toContain(SECRET);
  expect(error.message).not.toContain('\n');
  return `${error.name}: ${error.message}`;
};

/** A new database of this form. */
const made = async (form: string): Promise<{ name: string; url: string }> => {
  const name = `${server.template}_${form.length}`;
  await runOn(server.url, `create database ${name} ${form}`);
  onTestFinished(async () => {
    await runOn(server.url, `drop database ${name} with (force)`);
  });
  return { name, url: withDatabase(server.url, name) };
};

const create = (name: string) =>
  `create one with CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`;

/** The users and the rules of access are those of test-server.ts. */
describe.runIf(server.isOwn)('a server that lets nobody in', () => {
  test('a wrong password, and none', async () => {
    await runOn(
      server.url,
      `drop role if exists ${GUARDED_USER}`,
      `create role ${GUARDED_USER} login password 'another'`,
    );
    const as = (user: string) => server.url.replace('slidewatch@', `${user}@`);
    expect(await openFault(as(`${GUARDED_USER}:${SECRET}`))).toMatch(
      /^StoreError: the database postgres on \S+ refused the user or the password; check both in DATABASE_URL$/,
    );
    expect(await openFault(as(GUARDED_USER))).toMatch(
      /^StoreError: the database postgres on \S+ wants a password; put it in DATABASE_URL: postgres:\/\/USER:PASSWORD@HOST\/DATABASE$/,
    );
  });

  test('an unknown user', async () => {
    expect(await openFault(server.url.replace('slidewatch@', `nobody-knows:${SECRET}@`))).toMatch(
      /^StoreError: the database postgres on \S+ does not let this user in; check the user in DATABASE_URL, and pg_hba.conf/,
    );
  });

  test('a port where nothing listens', async () => {
    expect(await openFault(`postgres://me:${SECRET}@127.0.0.1:9/slidewatch`)).toBe(
      'StoreError: the database slidewatch on 127.0.0.1:9 cannot be reached (nothing answers there); check that PostgreSQL is running, and the host and port in DATABASE_URL',
    );
  });

  test('a host that does not exist', async () => {
    expect(await openFault(`postgres://me:${SECRET}@nowhere.invalid/slidewatch`)).toMatch(
      /^StoreError: the database slidewatch on nowhere.invalid cannot be reached \(.*host.*\); check that PostgreSQL is running/,
    );
  });

  test('one that does not encrypt', async () => {
    expect(await openFault(`${server.url}&sslmode=require`)).toMatch(
      /^StoreError: the database \S+ on \S+ does not encrypt connections; take sslmode out of DATABASE_URL/,
    );
  });
});

describe('a database that cannot be used', () => {
  test('is named with what makes it, if it does not exist', async () => {
    expect(await openFault(withDatabase(server.url, 'nowhere'))).toMatch(
      new RegExp(
        `^StoreError: the database nowhere on \\S+ does not exist; ${create('nowhere')}, or check the name in DATABASE_URL$`,
      ),
    );
  });

  test('sorts in another order', async () => {
    const { name, url } = await made(
      "template template0 locale_provider icu icu_locale 'sv-SE' locale 'C' encoding 'UTF8'",
    );
    expect(await openFault(url)).toMatch(
      new RegExp(
        `^StoreError: the database ${name} on \\S+ sorts text by the rules of sv(-SE)?, not by C.UTF-8: .*; ${create(name)}$`,
      ),
    );
  });

  test('does not know Unicode', async () => {
    const { name, url } = await made("template template0 encoding 'SQL_ASCII' locale 'C'");
    expect(await openFault(url)).toMatch(
      new RegExp(`^StoreError: the database ${name} on \\S+ stores text as SQL_ASCII, .*; ${create(name)}$`),
    );
  });

  test('is on an old server', async () => {
    const old = { query: async () => ({ rows: [{ number: 140_012, version: '14.12' }] }) } as unknown as Client;
    await expect(checkDatabase(old, 'slidewatch on old.example')).rejects.toThrow(
      'the database slidewatch on old.example runs on PostgreSQL 14.12; Slidewatch needs 15 or newer: update the server, or use another',
    );
  });

  test("is another program's, and stays as it is", async () => {
    const url = await newDatabase({ empty: true });
    await runOn(url, STATEMENTS.foreignTable);
    expect(await openFault(url)).toMatch(
      /^StoreError: the database \S+ on \S+ has the tables of another program; point DATABASE_URL at a database of its own$/,
    );
    expect(await runOn(url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual(
      FOREIGN.map((relname) => ({ relname })),
    );
  });

  test('was made by a later version', async () => {
    const url = await newDatabase();
    await runOn(url, STATEMENTS.laterMigration);
    expect(await openFault(url)).toMatch(
      /^StoreError: the database \S+ on \S+ was created by a newer version of Slidewatch; update Slidewatch or restore an older backup$/,
    );
  });

  test.runIf(server.isOwn)('has no schema, or one in which its user may make nothing', async () => {
    const url = await newDatabase({ empty: true });
    await runOn(url, 'drop schema public');
    expect(await openFault(url)).toMatch(
      /^StoreError: the database .* has no schema to write to; CREATE SCHEMA public/,
    );
    await runOn(url, 'drop role if exists reader', 'create role reader login', 'create schema public');
    await runOn(url, 'grant usage on schema public to reader');
    onTestFinished(async () => {
      await runOn(url, 'drop owned by reader', 'drop role reader');
    });
    expect(await openFault(url.replace('slidewatch@', 'reader@'))).toMatch(
      /^StoreError: the database .* does not let its user write; make that user its owner, or GRANT ALL ON SCHEMA public to it$/,
    );
  });

  test('has its migrations undone as a whole when one fails', async () => {
    const url = await newDatabase({ empty: true });
    await runOn(url, ...STATEMENTS.halfMigrated);
    expect(await openFault(url)).toMatch(/relation "channels" already exists/);
    const tables = await runOn(url, `select tablename from pg_tables where schemaname = 'public' order by tablename`);
    expect(tables.map(({ tablename }) => tablename)).toEqual(HALF_MIGRATED);
  });
});

describe('a URL that pg would read in another way', () => {
  test.each([
    ['a # in the password', `postgres://me:${SECRET}#x@host/db`],
    ['an @ in the password', `postgres://me:x@${SECRET}@host/db`],
    ['a / in the password', `postgres://me:12/${SECRET}@host/db`],
    ['a ? in the password', `postgres://me:12?${SECRET}@host/db`],
    ['no database', `postgres://me:${SECRET}@host`],
  ])('%s is refused without repeating it', async (_, url) => {
    expect(await openFault(url)).toMatch(
      /^StoreError: DATABASE_URL: expected sqlite:PATH, .* or postgres:\/\/USER:PASSWORD@HOST\/DATABASE with special characters/,
    );
  });

  test('a certificate that is not there is named', async () => {
    expect(await openFault(`postgres://me:${SECRET}@host/db?sslmode=verify-full&sslrootcert=missing.pem`)).toBe(
      'StoreError: DATABASE_URL: cannot read missing.pem, which it names',
    );
  });
});

test('a database exists once a bot has made its tables', async () => {
  const url = await newDatabase({ empty: true });
  expect(await storeExists(url)).toBe(false);
  expect(await runOn(url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
  await openTestStore(url);
  expect(await storeExists(url)).toBe(true);
});
