import { type IncomingHttpHeaders, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type Board, type BoardOptions, startBoard } from '../../src/board/board.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { viewOf } from './board-view.ts';

/** A board on a free loopback port, closed when the test is over. */
export const openBoard = async (given: Partial<BoardOptions> = {}): Promise<Board> => {
  const board = await startBoard({ host: '127.0.0.1', port: 0, view: viewOf(), log: silent, catalogue, ...given });
  onTestFinished(() => board.close());
  return board;
};

export const pageOf = async (board: Board, path: string): Promise<string> => (await fetch(board.url + path)).text();

/** Status and body of a request that names a host of its own, as browsers do and fetch does not allow. */
export const asHost = (
  board: Pick<Board, 'url'>,
  host: string,
  path = '/health',
): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    request(board.url + path, { headers: { host } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });

/** An answer as it is sent, before anybody unpacks it. */
export const asSent = (
  board: Board,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }> =>
  new Promise((resolve, reject) => {
    request(board.url + path, { headers }, (answer) => {
      const body: Buffer[] = [];
      answer.on('data', (part: Buffer) => body.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(body) }),
      );
    })
      .on('error', reject)
      .end();
  });

/** What a reader sees: the text between the tags, entities resolved, without style, script, drawings and what keeps lines whole. */
export const textOf = (markup: string): string =>
  markup
    .replace(/<(style|script|svg)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u2060', '');
