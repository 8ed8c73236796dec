import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { boardOf, plainLines, startBot, stop } from './bot-process.ts';

/** As in most images: nobody. Where the tests do not run as root, their own user, who owns nothing writable there either. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;

/** What the lines of the Dockerfile that begin with `word` say after it, in their order. */
const linesOf = (word: string): string[] =>
  [...readFileSync(join(root, 'Dockerfile'), 'utf8').matchAll(new RegExp(`^\\s*${word} (.+)$`, 'gm'))].map(
    ([, rest = '']) => rest,
  );

/** Copies what a COPY line names, from the build's context. */
const copyLine = (line: string, app: string): void => {
  if (line.startsWith('--from')) return;
  const words = line.split(' ');
  for (const from of words.slice(0, -1)) cpSync(join(root, from), join(app, from), { recursive: true });
};

// The Dockerfile's steps without an engine, in a path with spaces: its install, its files, its user, its commands.
test.skipIf(process.platform === 'win32')(
  'the image: installed for production, read-only, by a user without rights, it runs, is ready, and stops',
  async (context) => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const app = join(folder, 'the app');
    mkdirSync(app);
    for (const line of linesOf('COPY')) copyLine(line, app);
    const install = /npm ci [^&]*/.exec(linesOf('RUN')[0] ?? '')?.[0].trim() ?? '';
    expect(install).toBe('npm ci --omit=dev --ignore-scripts');
    const failed = await promisify(execFile)('npm', [...install.split(' ').slice(1), '--prefer-offline'], {
      cwd: app,
    }).then(
      () => undefined,
      ({ stderr }: { stderr: string }) => stderr,
    );
    if (failed !== undefined && /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED/.test(failed)) {
      console.log('The install of the image is not tried: npm reaches no registry.');
      context.skip();
    }
    expect(failed).toBeUndefined();
    for (const bundled of globSync('node_modules/node-{linux,bin}-*', { cwd: app }))
      rmSync(join(app, bundled), { recursive: true });
    rmSync(join(app, 'node_modules/.bin/node'), { force: true });

    // The image's own Node, where that user reaches it.
    const node = join(folder, 'node');
    copyFileSync(process.execPath, node);
    const data = join(folder, 'data');
    mkdirSync(data);
    if (NOBODY !== undefined) chownSync(data, NOBODY, NOBODY);
    await promisify(execFile)('chmod', ['-R', 'a+rX,a-w', app]);

    const [, ...args] = JSON.parse(linesOf('CMD').at(-1) ?? '[]') as string[];
    expect(args).toEqual(['src/slidewatch.cjs', 'start']);
    const bot = startBot(
      { DATABASE_URL: `sqlite:${join(data, 'slidewatch.db')}`, NODE_ENV: 'production', HOME: '/nonexistent' },
      [],
      { cwd: app, command: [node, ...args], ...(NOBODY !== undefined && { uid: NOBODY }) },
    );
    const board = await boardOf(bot);
    const [program, flag, check = ''] = JSON.parse(linesOf('CMD')[0] ?? '[]') as string[];
    expect([program, flag]).toEqual(['node', '-e']);
    await promisify(execFile)(node, ['-e', check.replace('http://127.0.0.1:4170', board)]);
    expect((await fetch(board)).status).toBe(200);
    expect(statSync(join(data, 'slidewatch.db')).mode & 0o777).toBe(0o600);
    expect(await stop(bot)).toBe(0);
    expect(plainLines(bot)).toEqual([]);
  },
);
