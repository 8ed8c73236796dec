import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DiscordDouble, startDiscordDouble } from './double.ts';
import type { Asked } from './faults.ts';
import { decider } from './faults.ts';

const CHANNEL = '112233445566778899';
const OTHER = '112233445566778800';
const Message = z.object({ id: z.string() });
const V2 = 1 << 15;

let double: DiscordDouble;
let time = Date.now();

const request = (method: string, path: string, body?: unknown, token = double.token) =>
  fetch(`${double.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const post = (body: unknown, channelId = CHANNEL) => request('POST', `/channels/${channelId}/messages`, body);

const text = (content: string) => ({ type: 10, content });
const v2 = (components: unknown[]) => ({ flags: V2, components });
const button = (custom_id: string) => ({ type: 2, style: 1, label: 'x', custom_id });

beforeEach(async () => {
  time = Date.now();
  double = await startDiscordDouble({ now: () => time });
  double.addChannel(CHANNEL);
  double.addChannel(OTHER);
});

afterEach(() => double.close());

describe('the Discord double', () => {
  it.each([
    ['nothing at all', {}],
    ['content of more than 2,000 characters', { content: 'x'.repeat(2_001) }],
    ['more than 6,000 characters over all embeds', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3_001) })) }],
    ['more than 40 components', v2(Array.from({ length: 41 }, () => text('x')))],
    ['more than 40 components, nested', v2([{ type: 17, components: Array.from({ length: 40 }, () => text('x')) }])],
    ['more than 4,000 characters over all texts', v2([text('x'.repeat(2_001)), text('x'.repeat(2_000))])],
    ['content beside Components V2', { ...v2([text('x')]), content: 'x' }],
    ['embeds beside Components V2', { ...v2([text('x')]), embeds: [{ title: 'x' }] }],
    ['a text display without the flag', { components: [text('x')] }],
    ['an empty text display', v2([text('')])],
    ['an unknown key', { content: 'x', allowedMentions: {} }],
    ['an unknown key in a component', v2([{ ...text('x'), colour: 1 }])],
    ['an unknown component', v2([{ type: 99 }])],
    ['a picture that was not sent', v2([{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }])],
    ['an attachment without a file', { content: 'x', attachments: [{ id: '0' }] }],
    ['the same custom_id twice', v2([{ type: 1, components: [button('a'), button('a')] }])],
    ['a custom_id of more than 100 characters', v2([{ type: 1, components: [button('a'.repeat(101))] }])],
    ['an enforced nonce that is missing', { content: 'x', enforce_nonce: true }],
  ])('refuses %s with 50035, and records it', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(double.invalid).toHaveLength(1);
    expect(double.messages(CHANNEL)).toHaveLength(0);
  });

  it('answers a repeated nonce with the first message, in that channel, for five minutes', async () => {
    const body = (content: string) => ({ content, nonce: 'n', enforce_nonce: true });
    const id = async (response: Promise<Response>) => Message.parse(await (await response).json()).id;
    const first = await id(post(body('first')));
    expect(await id(post(body('second')))).toBe(first);
    expect(await id(post(body('first'), OTHER))).not.toBe(first);
    expect(double.messages(CHANNEL).map(({ payload }) => payload.content)).toEqual(['first']);
    time += 5 * 60_000;
    expect(await id(post(body('third')))).not.toBe(first);
  });

  it('posts twice where the nonce is not enforced', async () => {
    await post({ content: 'x', nonce: 'n' });
    await post({ content: 'x', nonce: 'n' });
    expect(double.messages(CHANNEL)).toHaveLength(2);
  });

  it('lists messages, the newest first', async () => {
    await post({ content: 'one' });
    await post({ content: 'two' });
    const listed = await (await request('GET', `/channels/${CHANNEL}/messages?limit=1`)).json();
    expect(listed).toMatchObject([{ content: 'two' }]);
  });

  it('limits one channel, names the limit in headers, and lets go when the window is over', async () => {
    for (let n = 0; n < 5; n += 1) await post({ content: 'x' });
    const limited = await post({ content: 'x' });
    expect(limited.status).toBe(429);
    expect(limited.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await limited.json()).toMatchObject({ global: false, retry_after: 5 });
    expect((await post({ content: 'x' }, OTHER)).headers.get('x-ratelimit-remaining')).toBe('4');
    time += 5_000;
    expect((await post({ content: 'x' })).status).toBe(200);
  });

  it('limits all requests to 50 a second', async () => {
    for (let n = 0; n < 50; n += 1) await request('GET', n % 2 === 0 ? '/gateway/bot' : `/channels/${n}/messages`);
    const limited = await request('GET', `/channels/${OTHER}/messages`);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('x-ratelimit-global')).toBe('true');
  });

  it('knows tokens, channels and permissions', async () => {
    double.addChannel(OTHER, { viewChannel: false });
    expect((await request('GET', '/gateway/bot', undefined, 'wrong')).status).toBe(401);
    expect(await (await post({ content: 'x' }, '99999999999999999')).json()).toMatchObject({ code: 10003 });
    expect(await (await post({ content: 'x' }, OTHER)).json()).toMatchObject({ code: 50001 });
  });
});

describe('private conversations of the Discord double', () => {
  const PERSON = '200000000000000001';
  const open = async () =>
    Message.parse(await (await request('POST', '/users/@me/channels', { recipient_id: PERSON })).json()).id;

  it('are one with each person, and take messages', async () => {
    const id = await open();
    expect(await open()).toBe(id);
    expect((await post({ content: 'x' }, id)).status).toBe(200);
    expect(double.directMessages(PERSON)).toMatchObject([{ payload: { content: 'x' } }]);
  });

  it('can be opened with somebody who takes no messages, and take none', async () => {
    double.closeMessages(PERSON);
    const refused = await post({ content: 'x' }, await open());
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 50007 });
  });
});

describe('faults', () => {
  const asked: Asked = { method: 'POST', path: `/channels/${CHANNEL}/messages`, payload: {} };

  it('meet the next matching requests only', () => {
    const decide = decider({ fault: { kind: 'hang' }, times: 2 });
    expect(decide({ ...asked, method: 'GET' })).toBeUndefined();
    expect([1, 2, 3].map(() => decide(asked)?.kind)).toEqual(['hang', 'hang', undefined]);
  });

  it('come at a rate, and in the same order for the same seed', () => {
    const run = (seed: number) => {
      const decide = decider({ rate: 0.3, seed, faults: [{ kind: 'hang' }, { kind: 'disconnect' }] });
      return Array.from({ length: 1_000 }, () => decide(asked)?.kind);
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const met = run(1).filter((kind) => kind !== undefined).length;
    expect(met).toBeGreaterThan(250);
    expect(met).toBeLessThan(350);
  });
});
