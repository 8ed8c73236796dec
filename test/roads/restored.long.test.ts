import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { backUp } from '../../src/store/sqlite/backup.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const CHANNEL = '112233445566778899';

it('a restored backup tells once more of what fell after it, as late, and of nothing before it', async () => {
  const world = await stage(at(MON, '10:00'));
  world.market.past(FRI, 300);
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(CHANNEL);
  const folder = temporaryFolder();
  const [path, copy] = [join(folder, 'bot.db'), join(folder, 'backup.db')];
  const start = async (file: string) =>
    world.start(undefined, '', {
      databaseUrl: `sqlite:${file}`,
      destinations: [
        {
          platform: await createDiscord({
            token: discord.token,
            apiUrl: discord.apiUrl,
            log: silent,
            now: world.clock,
          }),
          channelId: CHANNEL,
        },
      ],
    });
  /** Whose fall each message tells, and whether as late. */
  const told = () =>
    discord.messages(CHANNEL).map((message) => {
      const text = JSON.stringify(message);
      return `${/Tesla|Apple/.exec(text)?.[0]}${text.includes('Posted late') ? ', late' : ''}`;
    });
  const first = await start(path);
  await world.run(first, at(MON, '10:05'));
  world.market.move('TSLA', 0.88);
  await world.run(first, at(MON, '10:20'));
  await backUp(`sqlite:${path}`, copy);
  world.market.move('AAPL', 0.88);
  await world.run(first, at(MON, '10:40'));
  await first.stop();
  expect(told()).toEqual(['Tesla', 'Apple']);
  const restored = join(folder, 'restored.db');
  copyFileSync(copy, restored);
  const second = await start(restored);
  await world.run(second, at(MON, '11:00'));
  expect(told()).toEqual(['Tesla', 'Apple', 'Apple, late']);
});
