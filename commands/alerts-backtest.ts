import { backtestCard } from '../src/cards/answers/backtest-card.ts';
import { callButton } from '../src/cards/call.ts';
import type { Action } from '../src/cards/card.ts';
import { watches } from '../src/channels/channel-rules.ts';
import { trialOf } from '../src/channels/trial.ts';
import type { Played } from '../src/slides/backtest.ts';
import { playBacktest } from '../src/slides/backtest-summary.ts';
import { YEAR_SESSIONS } from '../src/slides/machine.ts';
import { inSlices } from '../src/util/in-slices.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { problem, readerOf } from './problems.ts';
import { inChannel } from './this-channel.ts';

/** Levels as read: ascending basis points; `off` and nothing typed for none. */
const levelsOf = (value: string | undefined, defaults: readonly number[]): readonly number[] => {
  if (value === undefined || value === 'off') return [];
  return value === 'default' ? defaults : value.split(',').map(Number);
};

const TYPED_EXAMPLE = { name: 'alerts backtest', options: { symbol: 'NVDA', levels: '10,20', day: '5' } };

/** The most buttons of a message. */
const MAX_BUTTONS = 25;

/** Levels as they are typed: in percent. */
const typedLevels = (value: string): string =>
  value === 'off' || value === 'default'
    ? value
    : value
        .split(',')
        .map((level) => Number(level) / 100)
        .join(',');

/** The same question for each symbol alone. */
const symbolButtons = (subjects: readonly Played[], { levels, day }: Question['options']): Action[] => {
  const typed = {
    ...(levels !== undefined && { levels: typedLevels(levels) }),
    ...(day !== undefined && { day: typedLevels(day) }),
  };
  return subjects.length < 2
    ? []
    : subjects
        .slice(0, MAX_BUTTONS)
        .map(({ symbol }) => callButton(symbol, { name: 'alerts backtest', options: { symbol, ...typed } }));
};

/** The source of the closes of a card. */
const sourceOf = async (context: CommandContext): Promise<string> => (await context.systemStatus()).sourceName;

/**
 * How often this channel's rules, or the levels that are typed, would have spoken in one, five and ten years, and what came
 * after: the closes that the bot has, played through its own machine.
 */
export const alertsBacktest: Command = {
  name: 'alerts backtest',
  options: [
    { name: 'symbol', kind: 'symbol', anyTicker: true },
    { name: 'levels', kind: 'levels' },
    { name: 'day', kind: 'levels' },
  ],
  standalone: false,
  forAsker: true,
  slow: true,
  run: inChannel(async (question, context, { settings }) => {
    const { symbol, levels, day } = question.options;
    const { watchlist, histories, calendar } = context;
    const isTyped = levels !== undefined || day !== undefined;
    const asked = [...watchlist.symbols.values()].filter((it) =>
      symbol === undefined ? watches(settings, watchlist, it.symbol) : it.symbol === symbol,
    );
    const reader = readerOf(question, context);
    const subjects: Played[] = [];
    const without: string[] = [];
    let hasUnplayed = false;
    for (const watched of asked) {
      const bars = histories.bars(watched.symbol);
      if (bars.length === 0) {
        without.push(watched.symbol);
        continue;
      }
      const defaults = watchlist.rules[watched.kind];
      const typed = isTyped && {
        drawdown: levelsOf(levels, defaults.drawdown.find(({ window }) => window === YEAR_SESSIONS)?.levels ?? []),
        day: levelsOf(day, defaults.day),
      };
      const trial = trialOf(watched, settings, watchlist.rules, typed || undefined);
      if (trial.isEmpty) continue;
      hasUnplayed ||= trial.hasUnplayed;
      subjects.push({ ...trial.played, bars, calendar });
    }
    if (subjects.length === 0)
      return without.length > 0
        ? problem(reader, 'backtest.no-closes', { names: without.join(', ') })
        : problem(reader, 'backtest.no-levels', { example: typedCall(TYPED_EXAMPLE, question.platform) });
    const words = context.catalogue.in(question.language);
    const card = backtestCard(
      words,
      {
        ...(await inSlices(playBacktest(subjects))),
        watched: watchlist.symbols,
        rules: isTyped ? 'typed' : 'own',
        hasUnplayed,
        without,
        source: await sourceOf(context),
      },
      symbolButtons(subjects, question.options),
    );
    return { kind: 'card', card, forAsker: true };
  }),
};
