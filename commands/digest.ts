import { buildCard } from '../src/cards/build.ts';
import { cardButtons } from '../src/cards/card-buttons.ts';
import type { Command } from './command.ts';
import { askedBy } from './ledger-desk.ts';
import { problem } from './problems.ts';

/** The digest as it would be posted now, for the asker alone. */
export const digest: Command = {
  name: 'digest',
  options: [],
  ownOnSlack: true,
  slow: true,
  run: async (question, desk) => {
    const story = await desk.digest(question.now);
    if (!story) return problem(askedBy(question, desk), 'channel.no-digest');
    const actions = cardButtons([story], desk.catalogue.in(question.language));
    return {
      kind: 'card',
      card: { ...buildCard([story], question.language, desk.catalogue), actions },
      forAsker: true,
    };
  },
};
