import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import type { Decide } from '../doubles/yahoo/faults.ts';
import { doctor, worlds } from './doctor-worlds.ts';

const refusals: readonly [form: string, decide: Decide][] = [
  ['HTTP 429 for a crumb', ({ endpoint }) => (endpoint === 'crumb' ? 'edge-429' : undefined)],
  ['HTTP 429 for a quote', ({ endpoint }) => (endpoint === 'quote' ? 'edge-429' : undefined)],
  ['a refusal in place of a crumb', ({ endpoint }) => (endpoint === 'crumb' ? 'junk-crumb' : undefined)],
  ['HTTP 401 for every crumb', ({ endpoint }) => (endpoint === 'quote' ? 'invalid-crumb' : undefined)],
  ['HTTP 403', ({ endpoint }) => (endpoint === 'quote' ? { status: 403, headers: {}, body: 'Forbidden' } : undefined)],
];

test.each(refusals)('a Yahoo that refuses by %s is not taken for a broken network', async (_, decide) => {
  const { env, yahoo } = await worlds();
  yahoo.fail(decide);
  const { FINNHUB_TOKEN: __, TIINGO_TOKEN: ___, ...alone } = env;
  const [line] = (await doctor(alone)).lines.filter((each) => each.startsWith('!!'));
  expect(line).toMatch(
    /^!! {2}Yahoo (is rate limiting us|rejected) .*; it refuses this address or this version: wait, look for a newer version of yahoo-finance2, or ask from another address, or set FINNHUB_TOKEN or TIINGO_TOKEN for a backup$/,
  );
  expect(line).not.toMatch(/network|_URL|Invalid Crumb|Too Many/);
});

test('a Slack token that expires is told with what to do, and a port that another program has', async () => {
  const slack = await startSlackDouble({ botToken: 'xoxe.xoxb-1-EXAMPLE' });
  const other = createServer((_request, response) => void response.writeHead(404).end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    other.close();
    await slack.close();
  });
  const { port } = other.address() as AddressInfo;
  const env = { SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl };
  const socket = await doctor({ ...env, SLACK_APP_TOKEN: slack.appToken });
  const rotation = expect.stringMatching(
    /^!! {2}Slack: .*expires within twelve hours.*Switch it off at https:\/\/api\.slack/,
  );
  expect(socket.lines).toContainEqual(rotation);
  const http = await doctor({ ...env, SLACK_SIGNING_SECRET: 'shhh', SLACK_PORT: String(port) });
  expect(http.lines).toContainEqual(expect.stringContaining(`SLACK_PORT ${port} is in use by another program`));
});
