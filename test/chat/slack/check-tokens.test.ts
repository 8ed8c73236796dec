import { expect, test } from 'vitest';
import { calls, createRecordingLog, double, httpPlatform, platform } from './support.ts';

test('checking the tokens opens no socket, which would take commands from a running bot', async () => {
  const slack = await double();
  const running = platform(slack);
  await running.start();
  await slack.until(() => slack.sockets() === 1);
  const looking = platform(slack, { onlyLook: true });
  await looking.start();
  expect([slack.sockets(), looking.connected(), calls(slack, 'apps.connections.open')]).toEqual([1, false, 2]);
  await looking.stop();
  expect([slack.sockets(), running.connected()]).toEqual([1, true]);
});

test('a refused app token is reported with what to do', async () => {
  const slack = await double();
  slack.revokeAppToken();
  await expect(platform(slack, { onlyLook: true }).start()).rejects.toThrow(/Slack rejected SLACK_APP_TOKEN .*restart/);
});

test('a missing answer of Slack is logged as a warning', async () => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', how: { kind: 'status', status: 503 } });
  const { log, lines } = createRecordingLog();
  await platform(slack, { onlyLook: true, log }).start();
  expect(lines.map(({ message }) => message)).toContain('slack returned no socket address');
});

test('over HTTP no port is opened', async () => {
  const looking = httpPlatform(await double(), { onlyLook: true });
  await looking.start();
  expect([looking.connected(), looking.address()]).toEqual([false, undefined]);
});
