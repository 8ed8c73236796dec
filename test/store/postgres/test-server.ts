import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quickFolder } from '../quick-folder.ts';
import { runOn } from './clone-database.ts';
import { findPrograms } from './find-programs.ts';

/** A PostgreSQL server of this machine in a folder of its own, on a Unix socket. */
export interface TestServer {
  /** URL of its database `postgres`. */
  readonly url: string;
  /** `PostgreSQL 15.18 (FOLDER OF ITS PROGRAMS)`. */
  readonly label: string;
  start(): Promise<void>;
  /** Ends all its processes at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

/** The only user whose password is asked for. */
export const GUARDED_USER = 'guarded';

const READY_MS = 20_000;
const POLL_MS = 20;

/** PostgreSQL refuses to run as root: then it runs as its own user, or as nobody. */
const unprivileged = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody'])
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user.
    }
  return undefined;
};

/** Runs a server until its input ends: it ends with the process that started it, however that ends. */
const KEEP = `"$0" "$@" </dev/null >/dev/null 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server`;

const sendKill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** Makes a server, which is not started yet; undefined if this machine has no PostgreSQL that is new enough. */
export const makeServer = (settings: Readonly<Record<string, string>> = {}): TestServer | undefined => {
  const programs = findPrograms();
  if (!programs) return undefined;
  const user = unprivileged();
  const folder = mkdtempSync(join(quickFolder(), 'slidewatch-pg-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const inFolder = { cwd: folder, ...user };
  // C: every machine has it, and it sorts as C.UTF-8 does.
  execFileSync(
    join(programs.folder, 'initdb'),
    ['-D', data, '-U', 'slidewatch', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...inFolder, stdio: 'pipe' },
  );
  const access = `local all ${GUARDED_USER} scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 trust\n`;
  writeFileSync(join(data, 'pg_hba.conf'), access);
  const options = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off', ...settings };
  const args = ['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const url = `postgres://slidewatch@/postgres?host=${encodeURIComponent(folder)}`;
  let keeper: ChildProcess | undefined;

  const end = async (): Promise<void> => {
    const it = keeper;
    keeper = undefined;
    if (!it || it.exitCode !== null) return;
    const ended = once(it, 'close');
    it.stdin?.end();
    await ended;
  };
  const isReady = () =>
    runOn(url, 'select 1').then(
      () => true,
      () => false,
    );
  return {
    url,
    label: `PostgreSQL ${programs.version} (${programs.folder})`,
    start: async () => {
      const deadline = performance.now() + READY_MS;
      keeper = spawn('/bin/sh', ['-c', KEEP, join(programs.folder, 'postgres'), ...args], {
        ...inFolder,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      while (!(await isReady())) {
        if (performance.now() > deadline) throw new Error(`the server in ${folder} does not start`);
        await wait(POLL_MS);
      }
    },
    kill: async () => {
      const [leader = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
      const others = execFileSync('pgrep', ['-P', leader], { encoding: 'utf8' }).trim().split('\n');
      // The leader first: it would start others anew.
      for (const pid of [leader, ...others]) sendKill(Number(pid));
      await end();
    },
    remove: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
