import type { Topic } from '../src/cards/answers/channel-card.ts';
import { watches } from '../src/channels/channel-rules.ts';
import { type ChannelSettings, DEFAULT_KINDS, type OwnPrice } from '../src/stories/channel.ts';
import { changePrices, priceToSet } from './change-prices.ts';
import { changeRises, changeRules, changeWithin, WINDOWS, type Window } from './change-rules.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { exampleOf, typedCall } from './examples.ts';
import { shownName } from './names.ts';
import { kindsAfter } from './options/kinds.ts';
import { type Problem, problem, readerOf } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

type Options = Question['options'];
type Change = (settings: ChannelSettings) => ChannelSettings;

const noChange: Change = (settings) => settings;

const rulesChange = ({ symbol = '*', window, levels }: Options): Change =>
  levels === undefined ? noChange : (settings) => changeRules(settings, symbol, window as Window | undefined, levels);

const withinChange = ({ symbol = '*', within, fall = 'off' }: Options): Change =>
  within === undefined ? noChange : (settings) => changeWithin(settings, symbol, within, fall);

const risesChange = ({ symbol = '*', rise, 'day-rise': dayRise }: Options): Change => {
  const changed = [['rise', rise] as const, ['dayRise', dayRise] as const];
  return (settings) =>
    changed.reduce(
      (before, [rule, levels]) => (levels === undefined ? before : changeRises(before, symbol, rule, levels)),
      settings,
    );
};

const pricesChange = (
  question: Question,
  context: CommandContext,
  settings: ChannelSettings,
): { readonly change: Change } | Problem => {
  const { symbol, price } = question.options;
  if (symbol === undefined || price === undefined) return { change: noChange };
  const added = price === 'off' ? price : priceToSet(question, context, settings, symbol, price);
  if (typeof added === 'object' && 'kind' in added) return added;
  const isTold = (it: OwnPrice): boolean => context.priceRule(symbol, it).told;
  return { change: (before) => changePrices(before, symbol, added, isTold) };
};

const pingChange = ({ role, from }: Options): Change => {
  if (role === undefined && from === undefined) return noChange;
  return ({ ping, ...settings }) => {
    const id = role ?? ping?.id;
    if (id === undefined || id === 'none' || from === 'off') return settings;
    return { ...settings, ping: { id, from: from === undefined ? (ping?.from ?? 0) : Number(from) } };
  };
};

const quietChange = ({ quiet }: Options): Change => {
  if (quiet === undefined) return noChange;
  return ({ quiet: _, ...settings }) => {
    const [from = '', to = ''] = quiet.split('-');
    return quiet === 'off' ? settings : { ...settings, quiet: { from, to } };
  };
};

const kindsChange = ({ kinds }: Options): Change =>
  kinds === undefined
    ? noChange
    : (settings) => ({ ...settings, kinds: kindsAfter(kinds, settings.kinds ?? DEFAULT_KINDS) });

const editsChange = ({ edits }: Options): Change =>
  edits === undefined
    ? noChange
    : ({ edits: _, ...settings }) => (edits === 'off' ? { ...settings, edits: false } : settings);

const afterHoursChange = ({ 'after-hours': afterHours }: Options): Change =>
  afterHours === undefined
    ? noChange
    : ({ afterHours: _, ...settings }) => (afterHours === 'off' ? { ...settings, afterHours: false } : settings);

const typedExample = (platform: string, options: Record<string, string>): string =>
  typedCall({ name: 'alerts set', options }, platform, true);

const WITHIN_EXAMPLE = { symbol: 'NVDA', within: '30min', fall: '4' };

/** What can be ended, as typed. */
const offExamples = (platform: string): Record<'levels' | 'ping' | 'quiet', string> => {
  const typed = (options: Record<string, string>): string => typedExample(platform, options);
  return { levels: typed({ levels: 'off' }), ping: typed({ role: 'none' }), quiet: typed({ quiet: 'off' }) };
};

/** The problem of options that do not fit together; undefined if they do. Checked before anything is changed. */
const conflict = (question: Question, context: CommandContext, settings: ChannelSettings): Problem | undefined => {
  const { symbol, window, levels, within, fall, price, rise, 'day-rise': dayRise, role, from } = question.options;
  const reader = readerOf(question, context);
  const example = exampleOf('alerts set', question.platform);
  if (Object.keys(question.options).length === 0) return problem(reader, 'channel.alerts.nothing', { example });
  if (price !== undefined && (symbol === undefined || symbol === 'off'))
    return problem(reader, 'channel.alerts.price-of-what', {
      example: typedExample(question.platform, { symbol: 'NVDA', price: '100' }),
    });
  if (symbol === 'off') return problem(reader, 'channel.alerts.off-what', offExamples(question.platform));
  if ((within === undefined) !== (fall === undefined) && within !== 'off')
    return problem(reader, 'channel.alerts.no-within', { example: typedExample(question.platform, WITHIN_EXAMPLE) });
  if (
    levels === undefined &&
    (window ?? ((within ?? price ?? rise ?? dayRise) === undefined ? symbol : undefined)) !== undefined
  )
    return problem(reader, 'channel.alerts.no-levels', { example });
  if (symbol !== undefined && !watches(settings, context.watchlist, symbol))
    return problem(reader, 'channel.watch.not-watched', {
      name: shownName(context.catalogue, question.language, symbol, context.watchlist),
      add: exampleOf('watch add', question.platform),
    });
  // Where a workspace's own id can be pinged, it is everybody in it.
  if (role !== undefined && role === question.workspace) return problem(reader, 'channel.alerts.everyone');
  const hasPing = role === undefined ? settings.ping !== undefined : role !== 'none';
  return from !== undefined && from !== 'off' && !hasPing ? problem(reader, 'channel.alerts.no-role') : undefined;
};

/** The topics of the answer: what the options are about. */
const topicsOf = ({ levels, within, price, rise, 'day-rise': dayRise, ...others }: Options): Topic[] => [
  ...(['role', 'from', 'quiet', 'kinds', 'edits', 'after-hours'].some((name) => others[name] !== undefined)
    ? (['posted'] as const)
    : []),
  ...((levels ?? within ?? price ?? rise ?? dayRise) === undefined ? [] : (['levels'] as const)),
];

/**
 * Sets this channel's levels, falls within minutes, prices, rises, the role to ping and from which depth on, its quiet hours, its kinds of cards, and
 * whether posted cards are edited and falls after the bell are told.
 */
export const alertsSet: Command = {
  name: 'alerts set',
  options: [
    { name: 'symbol', kind: 'symbol', choices: ['off'] },
    { name: 'window', kind: 'choice', choices: WINDOWS },
    { name: 'levels', kind: 'levels' },
    { name: 'within', kind: 'minutes', choices: ['off'] },
    { name: 'fall', kind: 'levels' },
    { name: 'price', kind: 'price', choices: ['off'] },
    { name: 'rise', kind: 'rises' },
    { name: 'day-rise', kind: 'rises' },
    { name: 'role', kind: 'role' },
    { name: 'from', kind: 'percent', choices: ['off'] },
    { name: 'quiet', kind: 'hours', choices: ['off'] },
    { name: 'kinds', kind: 'kinds' },
    { name: 'edits', kind: 'choice', choices: ['on', 'off'] },
    { name: 'after-hours', kind: 'choice', choices: ['on', 'off'] },
  ],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { options } = question;
    const found = conflict(question, context, channel.settings);
    if (found) return found;
    const price = pricesChange(question, context, channel.settings);
    if ('kind' in price) return price;
    const steps = [
      rulesChange(options),
      withinChange(options),
      price.change,
      risesChange(options),
      pingChange(options),
      quietChange(options),
      kindsChange(options),
      editsChange(options),
      afterHoursChange(options),
    ];
    const updated = await context.channels.change(channel.id, (settings) =>
      steps.reduce((changed, step) => step(changed), settings),
    );
    const { ping } = updated.settings;
    const isSilent = options.role !== undefined && ping !== undefined && question.pings?.(ping.id) === false;
    return showChannel(question, context, updated, ({ words }) => ({
      title: words.say('channel.alerts.set'),
      ...(isSilent && { lead: [words.say('channel.alerts.silent')] }),
      topics: topicsOf(options),
      ...(options.symbol !== undefined && { symbol: options.symbol }),
    }));
  }),
};
