import { alertHistoryCard, HISTORY_LIMIT, historyPages } from '../src/cards/answers/alert-history-card.ts';
import type { Command } from './command.ts';
import { pageButtons, readPage } from './pages.ts';
import { readerOf } from './problems.ts';
import { inChannel } from './this-channel.ts';

/** The alerts of this channel and the state of their deliveries, and those that it did not get and why not, in pages. */
export const alertsHistory: Command = {
  name: 'alerts history',
  options: [{ name: 'page', kind: 'text' }],
  standalone: false,
  forAsker: true,
  run: inChannel(async (question, context, channel) => {
    const words = context.catalogue.in(question.language);
    const [told, untold] = [
      await context.channels.history(channel.id, HISTORY_LIMIT),
      await context.untoldAlerts(channel),
    ];
    const past = [...told, ...untold].toSorted((a, b) => b.at - a.at).slice(0, HISTORY_LIMIT);
    const pages = historyPages(past);
    const page = readPage(readerOf(question, context), pages, question.options.page);
    if (typeof page !== 'number') return page;
    const card = alertHistoryCard(words, past, page, {
      timeZone: channel.settings.timeZone ?? context.timeZone,
      now: question.now,
    });
    const actions = pageButtons(words, { page, pages }, { name: 'alerts history', options: {} });
    return { kind: 'card', card: { ...card, actions }, forAsker: true };
  }),
};
