import type { Topic } from '../src/cards/answers/channel-card.ts';
import { watches } from '../src/channels/rules-of.ts';
import { DEFAULT_KINDS } from '../src/stories/card-kinds.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import { changeRules, WINDOWS, type Window } from './change-rules.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { exampleOf } from './examples.ts';
import { askedBy } from './ledger-context.ts';
import { shownName } from './names.ts';
import { kindsAfter } from './options/kinds.ts';
import { type Problem, problem } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

type Options = Question['options'];
type Change = (settings: ChannelSettings) => ChannelSettings;

const same: Change = (settings) => settings;

const rulesChange = ({ symbol = '*', window, levels }: Options): Change =>
  levels === undefined ? same : (settings) => changeRules(settings, symbol, window as Window | undefined, levels);

const pingChange = ({ role, from }: Options): Change => {
  if (role === undefined && from === undefined) return same;
  return ({ ping, ...settings }) => {
    const id = role ?? ping?.id;
    if (id === undefined || id === 'none' || from === 'off') return settings;
    return { ...settings, ping: { id, from: from === undefined ? (ping?.from ?? 0) : Number(from) } };
  };
};

const quietChange = ({ quiet }: Options): Change => {
  if (quiet === undefined) return same;
  return ({ quiet: _, ...settings }) => {
    const [from = '', to = ''] = quiet.split('-');
    return quiet === 'off' ? settings : { ...settings, quiet: { from, to } };
  };
};

const kindsChange = ({ kinds }: Options): Change =>
  kinds === undefined
    ? same
    : (settings) => ({ ...settings, kinds: kindsAfter(kinds, settings.kinds ?? DEFAULT_KINDS) });

/** What does not go together, in one sentence; undefined where all does. Nothing is changed before this is known. */
const fault = (question: Question, context: CommandContext, settings: ChannelSettings): Problem | undefined => {
  const { symbol, window, levels, role, from } = question.options;
  const asked = askedBy(question, context);
  const example = exampleOf('alerts set', question.platform);
  if (Object.keys(question.options).length === 0) return problem(asked, 'channel.alerts.nothing', { example });
  if (levels === undefined && (symbol ?? window) !== undefined)
    return problem(asked, 'channel.alerts.no-levels', { example });
  if (symbol !== undefined && !watches(settings, context.watchlist, symbol))
    return problem(asked, 'channel.watch.not-watched', {
      name: shownName(context.catalogue, question.language, symbol, context.watchlist),
    });
  // On Discord a server's id is also the id of the role that everybody has.
  if (role !== undefined && role === question.workspace) return problem(asked, 'channel.alerts.everyone');
  const pinged = role === undefined ? settings.ping !== undefined : role !== 'none';
  return from !== undefined && from !== 'off' && !pinged ? problem(asked, 'channel.alerts.no-role') : undefined;
};

/** The topics that the options are about. */
const topicsOf = ({ levels, ...others }: Options): Topic[] => [
  ...(['role', 'from', 'quiet', 'kinds'].some((name) => others[name] !== undefined) ? (['posted'] as const) : []),
  ...(levels === undefined ? [] : (['levels'] as const)),
];

/** This channel's levels, whom they ping and from which depth on, its quiet hours, and which cards it gets. */
export const alertsSet: Command = {
  name: 'alerts set',
  options: [
    { name: 'symbol', kind: 'symbol' },
    { name: 'window', kind: 'choice', choices: WINDOWS },
    { name: 'levels', kind: 'levels' },
    { name: 'role', kind: 'role' },
    { name: 'from', kind: 'percent', choices: ['off'] },
    { name: 'quiet', kind: 'hours', choices: ['off'] },
    { name: 'kinds', kind: 'kinds' },
  ],
  ownOnSlack: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { options } = question;
    const wrong = fault(question, context, channel.settings);
    if (wrong) return wrong;
    const steps = [rulesChange(options), pingChange(options), quietChange(options), kindsChange(options)];
    const changed = await context.channels.change(channel.id, (settings) =>
      steps.reduce((so, step) => step(so), settings),
    );
    return showChannel(question, context, changed, ({ words }) => ({
      title: words.say('channel.alerts.set'),
      topics: topicsOf(options),
      ...(options.symbol !== undefined && { symbol: options.symbol }),
    }));
  }),
};
