import { describe, expect, test } from 'vitest';
import { PlatformError } from '../../../src/chat/platform.ts';
import { slackManifest } from '../../../src/chat/slack/manifest.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { catalogue, commands } from './fake-questions.ts';
import { CHANNEL, createGate, createRecordingLog, double, platform, posting } from './support.ts';

const refusal = async (started: Promise<void>): Promise<string> => {
  const error: unknown = await started.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  const { message } = error as PlatformError;
  expect(message).not.toContain('\n');
  return message;
};

describe('a start that needs a person', () => {
  test('names the variable of a refused bot token, and not the token', async () => {
    const slack = await double();
    const message = await refusal(platform(slack, { botToken: 'xoxb-wrong-secret' }).start());
    expect(message).toMatch(/SLACK_BOT_TOKEN.*invalid_auth.*OAuth & Permissions/);
    expect(message).not.toContain('secret');
    expect(slack.sockets()).toBe(0);
  });

  test('names the variable of a refused app token', async () => {
    const slack = await double();
    const message = await refusal(platform(slack, { appToken: 'xapp-wrong' }).start());
    expect(message).toMatch(/SLACK_APP_TOKEN.*invalid_auth/);
  });

  test('names the scope that an app token lacks for opening connections', async () => {
    const slack = await double();
    slack.fail({ method: 'apps.connections.open', how: { kind: 'error', error: 'missing_scope' } });
    expect(await refusal(platform(slack).start())).toMatch(/SLACK_APP_TOKEN is missing the scope connections:write/);
  });

  test('finds swapped tokens without asking Slack', async () => {
    const slack = await double();
    const { botToken, appToken } = slack;
    const swapped = platform(slack, { botToken: appToken, appToken: botToken });
    expect(await refusal(swapped.start())).toMatch(/SLACK_BOT_TOKEN contains an app-level token.*xoxb-/);
    const doubled = platform(slack, { appToken: botToken });
    expect(await refusal(doubled.start())).toMatch(/SLACK_APP_TOKEN contains a bot token.*xapp-/);
    expect(slack.requests).toEqual([]);
  });

  test('names the scope that posting needs', async () => {
    const slack = await double({ scopes: ['files:write'] });
    expect(await refusal(platform(slack).start())).toMatch(/SLACK_BOT_TOKEN is missing the scope chat:write/);
  });
});

test('the missing scopes that posting does not need are logged in one line, and do not stop the start', async () => {
  const slack = await double({ scopes: ['chat:write'] });
  const { log, lines } = createRecordingLog();
  await platform(slack, { log }).start();
  const warned = lines.filter(({ level }) => level === 'warn');
  expect(warned).toMatchObject([
    { fields: { remedy: expect.stringMatching(/OAuth & Permissions.*users:read.*once\.$/) } },
  ]);
  const { bot } = slackManifest(commands, catalogue.in('en')).oauth_config.scopes;
  const scopes = bot.filter((scope) => scope !== 'chat:write');
  expect(warned[0]?.fields.scopes).toEqual(expect.arrayContaining(scopes));
  expect(warned[0]?.fields.scopes).toHaveLength(scopes.length);
});

test('without Socket Mode and HTTP it posts and opens nothing', async () => {
  const slack = await double();
  const { botToken, apiUrl } = slack;
  const { createSlack } = await import('../../../src/chat/slack/slack.ts');
  const bot = createSlack({ botToken, apiUrl, log: createRecordingLog().log });
  await bot.start();
  expect(bot.connected()).toBe(false);
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
  await bot.stop();
  expect(slack.requests.map(({ method }) => method)).toEqual(['auth.test', 'chat.postMessage']);
});

test('a start without a network succeeds, and the bot connects when the network is back', async () => {
  const away = await startSlackDouble();
  await away.close();
  const gate = createGate();
  const bot = platform(away, { sleep: gate.sleep });
  await bot.start();
  expect(bot.connected()).toBe(false);
  expect(await bot.post(posting())).toMatchObject({ kind: 'later' });

  await gate.waiting();
  gate.release();
  const back = await double({ port: away.port });
  const connected = back.until(() => back.sockets() === 1);
  // Two things wait: the token's check and the socket; a wait may have been asked for before Slack was back.
  while (back.sockets() === 0 && gate.waits.length < 20) {
    await Promise.race([connected, gate.waiting()]);
    gate.release();
  }
  await connected;
  const posted = bot.post(posting());
  // A second message in the same second waits for its turn in the channel.
  await Promise.race([posted, gate.waiting()]);
  gate.release();
  expect(await posted).toMatchObject({ kind: 'sent' });
  expect(back.messages(CHANNEL)).toHaveLength(1);
});

test('a token that is refused once Slack can be reached makes every post down', async () => {
  const slack = await double();
  slack.fail({ method: 'auth.test', how: { kind: 'status', status: 503 } });
  const gate = createGate();
  const bot = platform(slack, { sleep: gate.sleep });
  await bot.start();
  slack.revokeToken('account_inactive');
  await gate.waiting();
  gate.release();
  await slack.until(() => slack.requests.filter(({ method }) => method === 'auth.test').length === 2);
  await expect.poll(async () => (await bot.post(posting())).kind).toBe('credential');
});
