import { buildCard, cardButtons } from '../src/cards/story-cards.ts';
import type { Command } from './command.ts';
import { problem, readerOf } from './problems.ts';

/** The digest as it would be posted now, visible to the asker alone. */
export const digest: Command = {
  name: 'digest',
  options: [],
  standalone: true,
  forAsker: true,
  slow: true,
  run: async (question, context) => {
    const story = await context.digest(question.now);
    if (!story) return problem(readerOf(question, context), 'channel.no-digest');
    const actions = cardButtons([story], context.catalogue.in(question.language));
    return {
      kind: 'card',
      card: { ...buildCard([story], question.language, context.catalogue), actions },
      forAsker: true,
    };
  },
};
