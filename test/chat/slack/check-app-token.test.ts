import { expect, test } from 'vitest';
import { calls, createBook, double, httpPlatform, platform } from './support.ts';

test('looking at the tokens opens no socket, which would take commands from a bot that runs', async () => {
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

test('a refused app token is told with what to do', async () => {
  const slack = await double();
  slack.revokeAppToken();
  await expect(platform(slack, { onlyLook: true }).start()).rejects.toThrow(/Slack rejected SLACK_APP_TOKEN .*restart/);
});

test('where Slack gives no answer that is warned of', async () => {
  const slack = await double();
  slack.fail({ method: 'apps.connections.open', how: { kind: 'status', status: 503 } });
  const { log, lines } = createBook();
  await platform(slack, { onlyLook: true, log }).start();
  expect(lines.map(({ message }) => message)).toContain('slack returned no socket address');
});

test('over HTTP no port is taken', async () => {
  const looking = httpPlatform(await double(), { onlyLook: true });
  await looking.start();
  expect([looking.connected(), looking.address()]).toEqual([false, undefined]);
});
