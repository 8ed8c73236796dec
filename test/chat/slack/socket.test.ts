import { expect, test } from 'vitest';
import type { Failure } from '../../doubles/slack/failures.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { nextEvent } from '../../next-event.ts';
import { calls, createGate, createRecordingLog, double, platform, posting } from './support.ts';

test('an unknown command is answered politely, to the person alone', async () => {
  const slack = await double();
  await platform(slack).start();
  const { payload } = await slack.slashCommand({ command: '/weather' });
  expect(payload).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('/weather') });
});

test('a button without a listener is acknowledged', async () => {
  const slack = await double();
  await platform(slack).start();
  const action = { type: 'button', action_id: 'sources', block_id: 'b', value: 'NVDA', action_ts: '1.0' };
  const ack = await slack.send('interactive', {
    type: 'block_actions',
    user: { id: 'U0000000002', team_id: 'T0000000001' },
    team: { id: 'T0000000001' },
    channel: { id: 'C0000000001' },
    actions: [action],
  });
  expect(slack.acks).toEqual([ack]);
});

test.each<Failure>([
  { kind: 'status', status: 503 },
  { kind: 'error', error: 'internal_error' },
  { kind: 'ratelimited', retryAfter: 5 },
  { kind: 'disconnect' },
])('a failure %o of apps.connections.open is tried again', async (how) => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', times: 3, how });
  await platform(slack).start();
  await slack.until(() => slack.sockets() === 1);
  expect(calls(slack, 'apps.connections.open')).toBe(4);
});

test('the waits between tries grow', async () => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', times: 4, how: { kind: 'status', status: 503 } });
  const gate = createGate();
  await platform(slack, { sleep: gate.sleep, random: () => 0.5 }).start();
  while (gate.waits.length < 4) {
    await gate.waiting();
    gate.release();
  }
  expect(gate.waits).toEqual([750, 1_500, 3_000, 6_000]);
});

test('a broken socket is reopened', async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.start();
  slack.dropSockets();
  await slack.until(() => calls(slack, 'apps.connections.open') === 2 && slack.sockets() === 1);
  expect((await slack.slashCommand({ command: '/weather' })).payload).toMatchObject({ response_type: 'ephemeral' });
});

test('a socket that Slack asks us to leave is replaced', async () => {
  const slack = await double();
  await platform(slack).start();
  slack.disconnectSockets('refresh_requested');
  await slack.until(() => calls(slack, 'apps.connections.open') === 2 && slack.sockets() === 1);
});

test('a socket without a hello is given up and reopened', async () => {
  const slack = await double();
  slack.withholdHello(1);
  const timeouts = holdTimeouts((ms) => ms === 2 * 9_000);
  const bot = platform(slack, { timeoutMs: 9_000 });
  const open = nextEvent('undici:websocket:open', slack.apiUrl);
  const started = bot.start();
  await open;
  timeouts.expire();
  await started;
  await expect.poll(() => bot.connected()).toBe(true);
});

test('an app token refused on reconnecting is asked ever more rarely until it is good, and cards are still posted', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const gate = createGate();
  let now = Date.parse('2024-07-30T14:04:00Z');
  const since = now;
  const bot = platform(slack, { log, sleep: gate.sleep, now: () => now, random: () => 0.5 });
  await bot.start();
  expect(bot.connection?.()).toBeUndefined();
  slack.revokeAppToken();
  slack.dropSockets();
  for (let n = 0; n < 8; n += 1) {
    await gate.waiting();
    const waits = gate.waits.length;
    now += gate.waits.at(-1) ?? 0;
    gate.release();
    await expect.poll(() => gate.waits.length).toBeGreaterThan(waits);
  }
  const reason = expect.stringMatching(/SLACK_APP_TOKEN.*invalid_auth/);
  const said = { key: 'slack-app-token', values: { code: 'invalid_auth' } };
  expect(bot.connection?.()).toEqual({ since, reason, ...said });
  // The first is that after a short connection.
  expect(gate.waits).toEqual([750, 45_000, 90_000, 180_000, 360_000, ...Array<number>(4).fill(675_000)]);
  expect(lines.filter(({ level }) => level === 'error')).toMatchObject([
    { fields: { reason }, message: expect.stringContaining('app token') },
    { fields: { reason }, message: expect.stringContaining('10 minutes') },
  ]);
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
  slack.restoreTokens();
  gate.release();
  await slack.until(() => slack.sockets() === 1);
  await expect.poll(() => bot.connection?.()).toBeUndefined();
  expect((await slack.slashCommand({ command: '/weather' })).payload).toMatchObject({ response_type: 'ephemeral' });
});

test('a socket of another process is said once, when it is still there after a new connection', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const gate = createGate();
  slack.setOtherSockets(1);
  const bot = platform(slack, { log, sleep: gate.sleep });
  await bot.start();
  const shared = () => lines.filter(({ message }) => message.includes('shared'));
  await gate.waiting();
  expect(gate.waits).toEqual([30_000]);
  expect([shared(), bot.notes?.()]).toEqual([[], []]);
  gate.release();
  await slack.until(() => calls(slack, 'apps.connections.open') === 2 && slack.sockets() === 1);
  const reason = expect.stringContaining('Another process holds a socket of this Slack app');
  await expect.poll(shared).toEqual([expect.objectContaining({ level: 'warn', fields: { connections: 2, reason } })]);
  expect(bot.notes?.()).toEqual([{ text: reason, key: 'slack-shared' }]);
  // Nothing was away: no other warning.
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  slack.disconnectSockets('refresh_requested');
  await gate.waiting();
  gate.release();
  await slack.until(() => calls(slack, 'apps.connections.open') === 3 && slack.sockets() === 1);
  expect(shared()).toHaveLength(1);
  slack.setOtherSockets(0);
  slack.disconnectSockets('refresh_requested');
  await gate.waiting();
  gate.release();
  await slack.until(() => calls(slack, 'apps.connections.open') === 4 && slack.sockets() === 1);
  await expect.poll(() => bot.notes?.()).toEqual([]);
});

test('a second socket that is gone by then is not told', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const gate = createGate();
  slack.setOtherSockets(1);
  const bot = platform(slack, { log, sleep: gate.sleep });
  await bot.start();
  await gate.waiting();
  slack.setOtherSockets(0);
  gate.release();
  await slack.until(() => calls(slack, 'apps.connections.open') === 2 && slack.sockets() === 1);
  await expect.poll(() => bot.connected()).toBe(true);
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  expect(bot.notes?.()).toEqual([]);
});

test.each([{ type: 'app_uninstalled' }, { type: 'tokens_revoked', tokens: { bot: ['U0000000001'] } }])(
  'after $type every post is down',
  async (event) => {
    const slack = await double();
    const bot = platform(slack);
    await bot.start();
    await slack.send('events_api', { type: 'event_callback', team_id: 'T0000000001', event, event_id: 'Ev1' });
    await expect.poll(async () => (await bot.post(posting())).kind).toBe('credential');
  },
);

test("a person's revoked token is ignored", async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.start();
  const event = { type: 'tokens_revoked', tokens: { oauth: ['U0000000002'] } };
  await slack.send('events_api', { type: 'event_callback', team_id: 'T0000000001', event, event_id: 'Ev1' });
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
});

test('no token and no socket ticket reaches the log', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { log });
  slack.fail({ method: 'apps.connections.open', how: { kind: 'disconnect' } });
  await bot.start();
  await slack.until(() => slack.sockets() === 1);
  slack.revokeToken();
  await bot.post(posting());
  const logged = JSON.stringify(lines);
  expect(lines.length).toBeGreaterThan(3);
  for (const secret of [slack.botToken, slack.appToken, 'ticket=']) expect(logged).not.toContain(secret);
});
