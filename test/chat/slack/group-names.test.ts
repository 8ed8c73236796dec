import { expect, test } from 'vitest';
import { memoryChannels } from '../../commands/memory-channels.ts';
import { NOW, realBot } from './real-bot.ts';
import { CHANNEL, calls, double } from './support.ts';

const GROUP = 'S0123ABCD';

/** Shows the settings of a channel that pings a user group. */
const settingsShown = async (prepare: (slack: Awaited<ReturnType<typeof double>>) => void) => {
  const slack = await double();
  prepare(slack);
  const channels = memoryChannels();
  const settings = { ping: { id: GROUP, from: 0 } };
  await channels.open({ platform: 'slack', address: CHANNEL }, { language: 'en', origin: 'setup', settings }, NOW);
  await realBot(slack, { channels });
  const ask = async () => {
    const before = slack.ephemerals.length + slack.messages(CHANNEL).length;
    await slack.slashCommand({ command: '/slidewatch', text: 'alerts show' });
    await slack.until(() => slack.ephemerals.length + slack.messages(CHANNEL).length > before);
    const [newest] = [...slack.ephemerals, ...slack.messages(CHANNEL)].toReversed();
    return JSON.stringify(newest?.blocks);
  };
  return { slack, ask };
};

test('a user group is shown by its handle, which pings nobody, and is asked for once', async () => {
  const { slack, ask } = await settingsShown((workspace) => workspace.addGroup(GROUP, 'traders'));
  expect(await ask()).toContain('the user group @traders');
  expect(await ask()).not.toContain(GROUP);
  expect(slack.mentions).toEqual([]);
  expect(calls(slack, 'usergroups.list')).toBe(1);
});

test.each([
  ['is not known', () => undefined],
  [
    'may not be asked for',
    (slack: Awaited<ReturnType<typeof double>>) => {
      slack.addGroup(GROUP, 'traders');
      slack.setScopes(['chat:write', 'commands', 'users:read']);
    },
  ],
] as const)('a user group that %s is shown by its id', async (_, prepare) => {
  const { ask } = await settingsShown(prepare);
  expect(await ask()).toContain(`the user group ${GROUP}`);
});
