import { expect, test } from 'vitest';
import { reachRemedy } from '../../../src/chat/slack/reach-remedy.ts';
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
  const remedy =
    'SLACK_API_URL is set, and what is there does not answer as Slack does; correct it, or remove it to ask Slack itself';
  expect(lines).toContainEqual({
    level: 'warn',
    fields: { fault: 'HTTP 503', remedy },
    message: 'slack returned no socket address',
  });
});

test('so is what helps if nothing at SLACK_API_URL is Slack, or if Slack itself is out of reach', async () => {
  const slack = await double();
  slack.fail({ method: 'auth.test', how: { kind: 'status', status: 501 } });
  const { log, lines } = createRecordingLog();
  await platform(slack, { onlyLook: true, log }).start();
  expect(lines).toMatchObject([
    { fields: { fault: 'HTTP 501', remedy: expect.stringMatching(/^SLACK_API_URL is set/) } },
  ]);
  const unreached = { kind: 'unreached', cause: 'ENOTFOUND' } as const;
  expect(reachRemedy(unreached, 'https://slack.com/api/')).toMatch(/^check the network of this computer/);
  expect(reachRemedy({ kind: 'throttled' }, slack.apiUrl)).toBeUndefined();
});

test('over HTTP no port is opened', async () => {
  const looking = httpPlatform(await double(), { onlyLook: true });
  await looking.start();
  expect([looking.connected(), looking.address()]).toEqual([false, undefined]);
});
