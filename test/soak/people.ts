import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCall } from '../../src/cards/call.ts';
import type { Fact } from '../../src/facts/fact.ts';
import { addProposals, decideProposal, readProposals } from '../../src/store/proposals.ts';
import { openStore } from '../../src/store/store.ts';
import type { SoakDatabase } from './database.ts';
import { headlineFor } from './expected.ts';
import type { Step } from './falls.ts';
import type { Look } from './look.ts';
import type { SoakChannel } from './places.ts';
import type { Doubles } from './troubles.ts';

/** A mute of a symbol in a channel, from an instant on; epoch milliseconds. */
export interface SoakMute {
  readonly channel: SoakChannel;
  readonly symbol: string;
  readonly from: number;
}

const ASK_AGAIN_MS = 400;
const MANAGE_CHANNELS = 1n << 4n;
const MUTER = { discord: '200000000000000007', slack: 'U0000000007' } as const;
/** Longer than all falls take, and over by the bell. */
const DURATION = '4h';

/** The symbol that falls most often in the steps to come, of those that a channel is told of; undefined for none. */
export const symbolToMute = (channel: SoakChannel, steps: readonly Step[]): string | undefined => {
  const symbols = steps.flatMap(({ falls }) =>
    falls.flatMap((fall) => (headlineFor(channel, fall) === undefined ? [] : fall.symbol)),
  );
  const counts = [...Map.groupBy(symbols, (symbol) => symbol)].toSorted(([, a], [, b]) => b.length - a.length);
  return counts[0]?.[0];
};

/** Somebody mutes a symbol, by a button of the newest card where there is one, again and again until the bot has it. */
export const muteByHand = async (
  {
    discord,
    slack,
    look,
    now,
  }: Pick<Doubles, 'discord' | 'slack'> & { readonly look: Look; readonly now: () => number },
  channel: SoakChannel,
  symbol: string,
): Promise<SoakMute> => {
  const { platform, address } = channel;
  if (platform === 'slack') slack.setPerson(MUTER.slack, { admin: true, name: 'Ann' });
  for (;;) {
    if (await look.isMuted(channel, symbol).catch(() => false)) return { channel, symbol, from: now() };
    if (platform === 'discord') {
      const card = discord.messages(address).at(-1);
      discord.click({
        ...{ customId: encodeCall({ name: 'mute', options: { symbol, duration: DURATION } }), user: MUTER.discord },
        ...{ channel: address, permissions: MANAGE_CHANNELS },
        ...(card && { message: card.id }),
      });
    } else {
      const command = {
        command: '/slidewatch',
        text: `mute ${symbol} ${DURATION}`,
        channelId: address,
        userId: MUTER.slack,
      };
      await Promise.race([slack.slashCommand(command).catch(() => undefined), sleep(ASK_AGAIN_MS)]);
    }
    await sleep(ASK_AGAIN_MS);
  }
};

/** Confirms guidance as the command line does, beside the bot; again while the database cannot be had. */
export const confirmGuidance = async ({ url }: SoakDatabase, guidance: Fact, now: () => number): Promise<void> => {
  for (;;)
    try {
      const store = await openStore(url);
      try {
        await store.transaction(async (db) => {
          const known = (await readProposals(db)).find(({ fact }) => fact.id === guidance.id);
          if (!known) await addProposals(db, [{ fact: guidance, sentence: 'We expect.' }], now());
          const open = (await readProposals(db, { state: 'open' })).find(({ fact }) => fact.id === guidance.id);
          if (open) await decideProposal(db, open, { by: 'Ada', at: now(), accepted: guidance });
        });
        return;
      } finally {
        await store.close();
      }
    } catch {
      await sleep(ASK_AGAIN_MS);
    }
};
