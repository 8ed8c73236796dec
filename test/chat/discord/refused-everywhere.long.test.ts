import { expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { createDeliveryFixture, MINUTE, SECOND } from '../../delivery/delivery-fixture.ts';
import { startDiscordDouble } from '../../doubles/discord/double.ts';
import { page, refusal } from '../../doubles/discord/faults.ts';
import { storedChannels } from '../../store/inspect.ts';
import { createRecordingLog } from '../slack/support.ts';

const FIRST = 112233445566778801n;
const COUNT = 20;
const CHANNELS = Array.from({ length: COUNT }, (_, n) => String(FIRST + BigInt(n)));

/** Twenty channels in five servers, each with one card owed. */
const owed = async () => {
  const fixture = await createDeliveryFixture();
  const double = await startDiscordDouble({ now: () => fixture.now });
  onTestFinished(() => double.close());
  for (let server = 0; server < 5; server += 1) {
    const channels = CHANNELS.slice(server * 4, server * 4 + 4);
    double.joinGuild({ channels: Object.fromEntries(channels.map((id) => [id, {}])) });
  }
  for (const id of CHANNELS) await fixture.addChannel('discord', id, { madeBy: '200000000000000001' });
  await fixture.enqueueSlide('NVDA');
  const { log, lines } = createRecordingLog();
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log, now: () => fixture.now });
  onTestFinished(() => discord.stop());
  const courier = fixture.createCourier([discord], { catalogue: loadCatalogue(), log });
  /** Runs the courier each second, for so long. */
  const run = async (ms: number) => {
    for (const end = fixture.now + ms; fixture.now < end; fixture.now += SECOND) await courier.run(fixture.now);
  };
  const posts = () => double.requests.filter(({ method }) => method === 'POST').length;
  const said = () => lines.filter(({ message }) => message === 'platform takes no cards at the moment: waiting');
  const expectAllSent = async () => {
    await run(12 * MINUTE);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(CHANNELS.map(() => 'sent'));
    for (const id of CHANNELS) expect(double.messages(id)).toHaveLength(1);
    expect((await storedChannels(fixture.store.db)).map(({ paused }) => paused)).toEqual(CHANNELS.map(() => null));
    expect(double.directMessages('200000000000000001')).toEqual([]);
    expect(courier.closures().size).toBe(0);
  };
  return { fixture, double, courier, run, posts, said, expectAllSent };
};

it.each([
  ['its guard', refusal(403, 40333, 'internal network error')],
  ['itself', refusal(403, 40004, 'Send messages has been temporarily disabled')],
])(
  'what Discord refuses for three minutes by %s is asked for a few times, and goes out once each',
  async (_name, fault) => {
    const { fixture, double, courier, run, posts, said, expectAllSent } = await owed();
    double.fail({ fault, times: 1_000 });
    const began = fixture.now;
    await run(3 * MINUTE);
    expect(posts()).toBeLessThanOrEqual(5);
    expect(said()).toHaveLength(posts());
    expect(courier.closures().get('discord')).toMatchObject({ cause: 'refused', since: began });
    double.heal();
    await expectAllSent();
  },
);

it('a ban of an hour is met by one request and said once', async () => {
  const { fixture, double, run, posts, said, expectAllSent } = await owed();
  double.fail({ fault: page(429, { 'Retry-After': '3600' }), times: 1_000, matching: () => true });
  await run(MINUTE);
  fixture.now += 57 * MINUTE;
  await run(MINUTE);
  expect(double.requests).toHaveLength(1);
  expect(posts()).toBe(1);
  expect(said()).toMatchObject([{ fields: { reason: expect.stringContaining('banned'), waitMs: 60 * MINUTE } }]);
  double.heal();
  await expectAllSent();
});

it('a ban that names no time is asked about after some minutes, ever rarer', async () => {
  const { double, run, posts, expectAllSent } = await owed();
  double.fail({ fault: page(429), times: 1_000, matching: () => true });
  await run(10 * MINUTE);
  expect(posts()).toBeGreaterThan(1);
  expect(posts()).toBeLessThanOrEqual(4);
  double.heal();
  await expectAllSent();
});

it('a page in front of Discord, once, keeps a card back for a minute or two, and nobody is told', async () => {
  const { double, run, expectAllSent } = await owed();
  double.fail({ fault: page(400) });
  await run(2 * MINUTE);
  for (const id of CHANNELS) expect(double.messages(id)).toHaveLength(1);
  await expectAllSent();
});

it('a token that is refused for a while is asked after, and all goes out when it is good', async () => {
  const { double, run, expectAllSent } = await owed();
  double.fail({ fault: refusal(401, 0, '401: Unauthorized'), times: 1_000, matching: () => true });
  await run(12 * MINUTE);
  const asked = double.requests.map(({ method, path }) => `${method} ${path}`);
  expect(asked[0]).toMatch(/^POST .*messages$/);
  expect(asked.length).toBeLessThan(10);
  expect(new Set(asked.slice(1))).toEqual(new Set(['GET /users/@me']));
  double.heal();
  await expectAllSent();
});
