import type { TestProject } from 'vitest/node';
import { openStore } from '../../../src/store/store.ts';
import { EMPTY, runOn, withDatabase } from './clone-database.ts';
import { makeServer, type TestServer } from './test-server.ts';

let server: TestServer | undefined;
let drop: (() => Promise<unknown>) | undefined;

/** URL of the server's database for making others: TEST_DATABASE_URL, or a server of this machine's own. */
const findServer = async (): Promise<string> => {
  const given = process.env.TEST_DATABASE_URL?.trim();
  if (given) {
    console.log('Tests run on the PostgreSQL server of TEST_DATABASE_URL.');
    return given;
  }
  server = makeServer({ synchronous_commit: 'off', full_page_writes: 'off', max_connections: '40' });
  if (!server)
    throw new Error(
      'no PostgreSQL 15 or newer on this machine; install one, or set TEST_DATABASE_URL to a server for tests',
    );
  await server.start();
  console.log(`Tests run on ${server.label}, in a folder of their own.`);
  return server.url;
};

/** Migrates a template once; each test makes copies of it. */
export const setup = async (project: TestProject): Promise<void> => {
  const url = await findServer();
  const template = `slidewatch_test_${process.pid}`;
  await runOn(url, `create database ${template} ${EMPTY}`);
  drop = () => runOn(url, `drop database if exists ${template} with (force)`);
  const store = await openStore(withDatabase(url, template));
  await store.close();
  project.provide('postgres', { url, template, isOwn: server !== undefined });
};

export const teardown = async (): Promise<void> => {
  await drop?.();
  await server?.remove();
};
