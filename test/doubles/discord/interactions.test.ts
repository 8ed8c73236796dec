import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Asked } from './asked.ts';
import { type DiscordDouble, startDiscordDouble } from './double.ts';

let double: DiscordDouble;
let time = Date.now();
let application = '';

const request = (method: string, path: string, body?: unknown) =>
  fetch(`${double.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${double.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const put = (commands: unknown) => request('PUT', `/applications/${application}/commands`, commands);
const sign = (asked: Asked, body: unknown) =>
  request('POST', `/interactions/${asked.id}/${asked.token}/callback`, body);
const edit = (asked: Asked, body: unknown) =>
  request('PATCH', `/webhooks/${application}/${asked.token}/messages/@original`, body);
const follow = (asked: Asked, body: unknown) => request('POST', `/webhooks/${application}/${asked.token}`, body);
const codeOf = async (response: Promise<Response>) => Coded.parse(await (await response).json()).code;

const COMMAND = { name: 'quote', description: 'Price', options: [{ type: 3, name: 'symbol', description: 'Ticker' }] };
const ask = () => double.interact({ command: 'quote', options: { symbol: 'NVDA' } });
const EPHEMERAL = 64;
const Coded = z.object({ code: z.number() });

beforeEach(async () => {
  time = Date.now();
  double = await startDiscordDouble({ now: () => time });
  application = double.applicationId;
  await put([COMMAND]);
});

afterEach(() => double.close());

describe('interactions with the Discord double', () => {
  it.each([
    ['no list', {}],
    ['a name with a capital', [{ ...COMMAND, name: 'Quote' }]],
    ['a name with a space in Korean', [{ ...COMMAND, name_localizations: { ko: '시 세' } }]],
    ['the same name twice', [COMMAND, COMMAND]],
    ['a description of more than 100 characters', [{ ...COMMAND, description: 'x'.repeat(101) }]],
    ['no description', [{ name: 'quote' }]],
    [
      'what is required after what is not',
      [{ ...COMMAND, options: [...COMMAND.options, { type: 3, name: 'b', description: 'b', required: true }] }],
    ],
    [
      '26 choices',
      [
        {
          ...COMMAND,
          options: [{ type: 3, name: 'a', description: 'a', choices: Array(26).fill({ name: 'x', value: 'x' }) }],
        },
      ],
    ],
  ])('refuses commands with %s and keeps those it has', async (_what, commands) => {
    expect(await codeOf(put(commands))).toBe(50035);
    expect(double.commands).toMatchObject([COMMAND]);
  });

  it('lists localizations where they are asked for', async () => {
    await put([{ ...COMMAND, name_localizations: { ko: '시세' } }]);
    const list = async (query: string) =>
      (await request('GET', `/applications/${application}/commands${query}`)).json();
    expect(await list('?with_localizations=true')).toMatchObject([{ name_localizations: { ko: '시세' } }]);
    expect(JSON.stringify(await list(''))).not.toContain('시세');
  });

  it('knows only registered commands and their options', () => {
    expect(() => double.interact({ command: 'chart' })).toThrow(/No command chart/);
    expect(() => double.interact({ command: 'quote', options: { range: '1m' } })).toThrow(/no option range/);
  });

  it('takes one first sign', async () => {
    const asked = ask();
    expect((await sign(asked, { type: 4, data: { content: 'x', flags: EPHEMERAL } })).status).toBe(204);
    expect(await codeOf(sign(asked, { type: 5 }))).toBe(40060);
    expect(asked.shown).toMatchObject([{ ephemeral: true, payload: { content: 'x' } }]);
  });

  it('records what is without a sign for three seconds, and takes none any more', async () => {
    const asked = ask();
    time += 3_000;
    expect(double.late).toEqual([]);
    time += 1;
    expect(double.late).toEqual([asked]);
    expect(await codeOf(sign(asked, { type: 5 }))).toBe(10062);
  });

  it('refuses a sign of another kind, and a message that breaks a rule', async () => {
    const asked = ask();
    for (const body of [
      { type: 6 },
      { type: 8, data: {} },
      { type: 4, data: {} },
      { type: 4, data: { nonce: 'n', content: 'x' } },
    ]) {
      expect(await codeOf(sign(asked, body))).toBe(50035);
    }
    expect(double.invalid).toHaveLength(4);
    expect(asked.acknowledgedAt).toBeUndefined();
  });

  it('knows no webhook before the first sign, and none fifteen minutes later', async () => {
    const asked = ask();
    expect(await codeOf(edit(asked, { content: 'x' }))).toBe(10015);
    await sign(asked, { type: 5 });
    expect((await edit(asked, { content: 'x' })).status).toBe(200);
    time += 15 * 60_000 + 1;
    expect(await codeOf(edit(asked, { content: 'y' }))).toBe(50027);
  });

  it('puts the first follow-up in the place of a deferral that all see', async () => {
    const asked = ask();
    await sign(asked, { type: 5 });
    await follow(asked, { content: 'x', flags: EPHEMERAL });
    expect(asked.shown).toMatchObject([{ ephemeral: false, payload: { content: 'x' } }]);
  });

  it('does not take Components V2 back', async () => {
    const asked = ask();
    await sign(asked, { type: 4, data: { flags: 1 << 15, components: [{ type: 10, content: 'x' }] } });
    expect(await codeOf(edit(asked, { content: 'x' }))).toBe(50035);
  });
});
