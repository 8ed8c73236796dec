import type { SessionDigest } from '../../src/stories/digest-story.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type ChannelCheck, time } from './breach.ts';
import { contains, mutesOf, overlaps } from './eras.ts';
import { digestDue, wants } from './expected.ts';
import { roomOf } from './platforms.ts';

/** Digests: one a session, by its time, with nothing but true closes. */
export const checkDigests: ChannelCheck = (scenario, outlook, channel, wishes, posted) => {
  const room = roomOf(channel);
  const { calendar, start, end, market, sessions } = scenario;
  const digests = posted.flatMap(({ at, stories }) =>
    stories.flatMap(({ story }) =>
      story.kind === 'digest' && story.of === 'session' ? [{ at, story: story as SessionDigest }] : [],
    ),
  );
  const mutes = mutesOf(wishes, '*');
  const dues = [calendar.previous(sessions[0] ?? ''), ...sessions].flatMap((session) =>
    wishes.eras
      .filter(({ settings }) => wants(settings, 'digest'))
      .map((era) => ({ session, era, at: digestDue(scenario, era.settings, session) }))
      .filter(({ at }) => at > start && at <= end),
  );
  const breaches = dues.flatMap(({ session, era, at }): Breach[] => {
    const by = outlook.postedBy(channel, era.settings, outlook.digestBy(at, session));
    const span = { from: at, to: Math.min(by, end) };
    if (!contains(era.sure, span) || mutes.some(({ perhaps }) => overlaps(perhaps, span))) return [];
    const first = digests.find(({ story }) => story.session === session);
    const expected = `the digest of ${session} by ${time(by)}`;
    if (!first) return by > end ? [] : [{ what: 'lost', at, room, expected, came: 'nothing' }];
    return first.at <= by ? [] : [{ what: 'late', at, room, expected, came: `it at ${time(first.at)}` }];
  });
  for (const [place, { at, story }] of digests.entries()) {
    const { session } = story;
    const came = `the digest of ${session}`;
    if (digests.slice(0, place).some((it) => it.story.session === session))
      breaches.push({ what: 'twice', at, room, expected: `${came} once`, came: `it again at ${time(at)}` });
    const isDue = dues.some(
      (due) =>
        due.session === session && due.at - MINUTE_MS <= at && overlaps(due.era.perhaps, { from: due.at, to: at }),
    );
    if (!isDue) breaches.push({ what: 'false', at, room, expected: 'no digest yet', came });
    if (mutes.some(({ sure }) => contains(sure, { from: digestFrom(dues, session), to: at })))
      breaches.push({ what: 'false', at, room, expected: 'nothing, as all is muted', came });
    for (const { symbol, close } of story.rows) {
      if (!close || !market.symbols.includes(symbol) || outlook.hasSplit(symbol)) continue;
      if (outlook.mayBelieveWrongClose(symbol, session)) continue;
      const truth = market.closeOf(symbol, session);
      if (close.price !== truth)
        breaches.push({
          ...{ what: 'false', at, room, symbol },
          expected: `${truth / 1e6} in the digest of ${session}`,
          came: `${close.price / 1e6}`,
        });
    }
  }
  return breaches;
};

/** The first time at which a session's digest may be due. */
const digestFrom = (dues: readonly { readonly session: string; readonly at: number }[], session: string): number =>
  Math.min(...dues.filter((due) => due.session === session).map(({ at }) => at)) - MINUTE_MS;
