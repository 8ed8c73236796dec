import { alertHistoryCard, HISTORY_LIMIT, historyPages } from '../src/cards/answers/alert-history-card.ts';
import type { Command } from './command.ts';
import { askedBy, button } from './ledger-context.ts';
import { quotable } from './normalise.ts';
import { readPage } from './page.ts';
import { problem } from './problems.ts';
import { inChannel } from './this-channel.ts';

/** What concerned this channel and what became of it, by pages. */
export const alertsHistory: Command = {
  name: 'alerts history',
  options: [{ name: 'page', kind: 'text' }],
  ownOnSlack: false,
  run: inChannel(async (question, context, channel) => {
    const words = context.catalogue.in(question.language);
    const past = await context.channels.history(channel.id, HISTORY_LIMIT);
    const typed = question.options.page ?? '1';
    const pages = historyPages(past);
    const page = readPage(typed, pages);
    if (page === undefined)
      return problem(askedBy(question, context), 'facts-list.no-page', { typed: quotable(typed), pages });
    const turn = (key: string, to: number) =>
      button(words.say(`answer.button.${key}`), { name: 'alerts history', options: { page: String(to) } });
    const actions = [...(page > 1 ? [turn('back', page - 1)] : []), ...(page < pages ? [turn('next', page + 1)] : [])];
    const { settings } = channel;
    const card = alertHistoryCard(words, past, page, {
      timeZone: settings.timeZone ?? context.timeZone,
      now: question.now,
    });
    return { kind: 'card', card: { ...card, actions }, forAsker: true };
  }),
};
