import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventSchema } from '../../../src/chat/webhook/event.ts';
import { reach } from '../../../src/chat/webhook/reach.ts';
import { readSecrets } from '../../../src/chat/webhook/signature.ts';
import { createWebhook } from '../../../src/chat/webhook/webhook.ts';
import { startWebhookDouble, type WebhookFault } from '../../doubles/webhook/index.ts';
import { eventually } from '../../eventually.ts';
import { posting as posted } from '../discord/samples.ts';
import { endpointAt } from './endpoints.ts';

const AT = Date.parse('2024-07-30T20:00:00Z');
const posting = (changes: Parameters<typeof posted>[0] = {}) =>
  posted({ channelId: 'desk', key: 'sw-abc123-1', enqueuedAt: AT, ...changes });

interface Given {
  readonly now?: () => number;
  readonly timeoutMs?: number;
}

const scene = async ({ now, timeoutMs, ...changes }: Parameters<typeof endpointAt>[1] & Given = {}) => {
  const receiver = await startWebhookDouble({ ...(now && { now }) });
  onTestFinished(() => receiver.close());
  let monotonic = 0;
  const platform = createWebhook({
    endpoints: [endpointAt(receiver, changes)],
    ...(now && { now }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    monotonic: () => monotonic,
  });
  onTestFinished(() => platform.stop());
  const pass = (ms: number): void => {
    monotonic += ms;
  };
  return { receiver, platform, pass };
};

describe('a posted card', () => {
  it('is one signed event, of the published form', async () => {
    const { receiver, platform } = await scene();
    expect(await platform.post(posting())).toEqual({ kind: 'sent', messageId: 'sw-abc123-1' });
    const [{ id, event } = { id: '', event: undefined }] = receiver.taken;
    expect(id).toBe('sw-abc123-1');
    expect(eventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      type: 'card.posted',
      timestamp: '2024-07-30T20:00:00.000Z',
      data: {
        ...{ version: 1, channel: 'desk', card_id: 'sw-abc123-1', kind: 'slide', symbols: [], slides: [] },
        card: {
          title: '▼ Nvidia is 23.5% below its peak',
          tag: 'NVDA',
          picture: 'NVDA fell from 135.58 on 2024-06-18 to 103.73 on 2024-07-30.',
          sections: [
            {
              heading: 'THE BILL',
              rows: [{ label: 'Alphabet', aside: 'reported 23 Jul', link: 'https://abc.xyz/investor/' }, {}],
            },
            { heading: 'NEXT' },
          ],
        },
      },
    });
    expect(receiver.refused).toEqual([]);
  });

  it('comes again with the same id and body, signed at the time of its try', async () => {
    let now = AT;
    const { receiver, platform } = await scene({ now: () => now });
    receiver.fail((nth) => (nth === 0 ? 'drop' : undefined));
    expect((await platform.post(posting())).kind).toBe('unknown');
    now += 3_600_000;
    expect((await platform.post(posting({ maybePosted: true }))).kind).toBe('sent');
    const [first, second] = receiver.received;
    expect(second).toEqual({ ...first, timestamp: (first?.timestamp ?? 0) + 3_600 });
    expect(receiver.taken).toHaveLength(1);
  });

  it('is refused by a receiver that has another secret', async () => {
    const { receiver, platform } = await scene({ secrets: readSecrets(`whsec_${'A'.repeat(43)}=`) ?? [] });
    expect(await platform.post(posting())).toMatchObject({
      kind: 'forbidden',
      remedy: expect.stringMatching(/DESK_SECRET/),
    });
    expect(receiver.refused).toEqual(['another signature']);
  });

  it('goes to no channel that config does not name', async () => {
    const { receiver, platform } = await scene();
    expect((await platform.post(posting({ channelId: 'other' }))).kind).toBe('gone');
    expect(receiver.requests()).toBe(0);
  });
});

describe('a receiver that is unkind', () => {
  const CASES: readonly [WebhookFault, string][] = [
    ['drop', 'unknown'],
    ['drop-early', 'unknown'],
    [{ status: 500 }, 'unknown'],
    [{ status: 410 }, 'gone'],
    [{ status: 400 }, 'unlisted'],
  ];
  it.each(CASES)('%j: %s', async (fault, kind) => {
    const { receiver, platform } = await scene();
    receiver.fail(() => fault);
    const outcome = await platform.post(posting());
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toMatch(/hidden|127\.0\.0\.1/);
    expect(receiver.requests()).toBe(1);
  });

  it('that does not answer, or not to the end of a head, has its time and no more', async () => {
    const faults = ['hang', 'trickle'] as const;
    const outcomes = faults.map(async (fault) => {
      const { receiver, platform } = await scene({ timeoutMs: 1_000 });
      receiver.fail(() => fault);
      return platform.post(posting());
    });
    const reason = 'No answer from the receiver (request timed out).';
    expect(await Promise.all(outcomes)).toEqual(faults.map(() => ({ kind: 'unknown', reason })));
  });

  it('that takes one card and drops the next may have both', async () => {
    const { receiver, platform } = await scene();
    receiver.fail((nth) => (nth === 0 ? undefined : 'drop'));
    const outcomes = [await platform.post(posting()), await platform.post(posting({ key: 'sw-abc123-2' }))];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['sent', 'unknown']);
  });

  it('that redirects is not followed', async () => {
    const { receiver, platform } = await scene();
    receiver.fail((nth) => (nth === 0 ? 'redirect' : undefined));
    expect((await platform.post(posting())).kind).toBe('forbidden');
    expect(receiver.requests()).toBe(1);
  });

  it('that answers without end has the card, and its answer is cut', async () => {
    const { receiver, platform } = await scene();
    receiver.fail(() => 'endless');
    expect((await platform.post(posting())).kind).toBe('sent');
    await eventually(() => expect(receiver.pouring()).toBe(0));
    // What fits into the buffers on the way, besides the 64 KB that are read.
    expect(receiver.bytesSent()).toBeLessThan(20_000_000);
  });

  it('that nobody reaches was sent nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    const { platform } = await scene({ url: new URL(`http://127.0.0.1:${port}/hidden`) });
    expect(await platform.post(posting())).toEqual({
      kind: 'later',
      reason: 'The receiver cannot be reached (connection refused).',
    });
  });

  it('that asks for a wait is left alone for so long, whatever the card', async () => {
    const { receiver, platform, pass } = await scene();
    receiver.fail(() => ({ status: 429, headers: { 'retry-after': '90' } }));
    expect(await platform.post(posting())).toMatchObject({ kind: 'later', afterMs: 90_000 });
    receiver.heal();
    pass(89_000);
    expect(await platform.post(posting({ key: 'sw-abc123-2' }))).toMatchObject({ kind: 'later', afterMs: 1_000 });
    expect(receiver.requests()).toBe(1);
    pass(1_000);
    expect((await platform.post(posting({ key: 'sw-abc123-2' }))).kind).toBe('sent');
  });

  it('that names a wait while it fails has it, too', async () => {
    const { receiver, platform } = await scene();
    receiver.fail(() => ({ status: 503, headers: { 'retry-after': '30' } }));
    expect(await platform.post(posting())).toMatchObject({ kind: 'unknown', afterMs: 30_000 });
    expect(await platform.post(posting())).toMatchObject({ kind: 'later', afterMs: 30_000 });
    expect(receiver.requests()).toBe(1);
  });

  it('that names no wait with 429 has a minute', async () => {
    const { receiver, platform } = await scene();
    receiver.fail(() => ({ status: 429 }));
    await platform.post(posting());
    expect(await platform.post(posting())).toMatchObject({ kind: 'later', afterMs: 60_000 });
  });

  it('whose TLS is none gets nothing, and one at a private address is not called', async () => {
    const { receiver, platform } = await scene();
    const { port } = new URL(receiver.url);
    const secure = createWebhook({
      endpoints: [
        endpointAt(receiver, { url: new URL(`https://127.0.0.1:${port}/`) }),
        endpointAt(receiver, { name: 'name', url: new URL(`https://localhost:${port}/`), private: false }),
        endpointAt(receiver, { name: 'address', url: new URL(`https://127.0.0.1:${port}/`), private: false }),
      ],
    });
    expect((await secure.post(posting())).kind).toBe('later');
    for (const channelId of ['name', 'address'])
      expect((await secure.post(posting({ channelId }))).kind).toBe('forbidden');
    expect(receiver.received).toEqual([]);
    await platform.stop();
  });
});

describe('a card that changes', () => {
  const edit = (text: string) => ({
    ...posting(),
    messageId: 'sw-abc123-1',
    card: { ...posting().card, updates: [{ text }] },
  });

  it('is an event of its own, which names the card and is the same on every try', async () => {
    const { receiver, platform } = await scene();
    await platform.post(posting());
    for (const text of ['Closed 25% below.', 'Closed 25% below.', 'Withdrawn.'])
      expect(await platform.edit?.(edit(text))).toEqual({ kind: 'edited' });
    const [, first, second] = receiver.taken;
    expect(receiver.received).toHaveLength(4);
    expect(receiver.taken).toHaveLength(3);
    expect(first?.event).toMatchObject({
      type: 'card.updated',
      data: { card_id: 'sw-abc123-1', card: { updates: ['Closed 25% below.'] } },
    });
    expect(second?.event).toMatchObject({ data: { card_id: 'sw-abc123-1', card: { updates: ['Withdrawn.'] } } });
    for (const { id } of receiver.taken.slice(1)) expect(id).toMatch(/^sw-abc123-1-u[0-9a-f]{12}$/);
  });

  it.each([
    ['drop', 'later'],
    [{ status: 404 }, 'refused'],
    [{ status: 429 }, 'later'],
  ] as const)('%j: %s', async (fault, kind) => {
    const { receiver, platform } = await scene();
    receiver.fail(() => fault);
    expect((await platform.edit?.(edit('Withdrawn.')))?.kind).toBe(kind);
  });
});

describe('a look at a receiver', () => {
  it('connects to no address that it may not have, whether it has a name or not', async () => {
    const { receiver } = await scene();
    const { port } = new URL(receiver.url);
    const options = { timeoutMs: 10_000, signal: new AbortController().signal };
    for (const host of ['localhost', '127.0.0.1'])
      expect(await reach({ url: new URL(`https://${host}:${port}/`), private: false }, options)).toMatch(/no address/);
  });

  it('connects and sends nothing', async () => {
    const { receiver, platform } = await scene();
    await platform.check?.('desk');
    expect(receiver.requests()).toBe(0);
  });

  it('says what is wrong without the URL', async () => {
    const { receiver, platform } = await scene({ timeoutMs: 2_000 });
    await receiver.close();
    const fault = await platform.check?.('desk').catch((error: unknown) => error);
    expect(fault).toMatchObject({
      name: 'PlatformError',
      message: 'desk: its host cannot be reached (connection refused); check DESK_URL',
    });
  });
});

it('a stop ends what is under way', async () => {
  const { receiver, platform } = await scene();
  receiver.fail(() => 'hang');
  const posted = platform.post(posting());
  await eventually(() => expect(receiver.received).toHaveLength(1));
  await platform.stop();
  expect((await posted).kind).toBe('unknown');
});
