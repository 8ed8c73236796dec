import { describe, expect, it } from 'vitest';
import type { Lack, Outcome, Platform } from '../../src/chat/platform.ts';
import { createTestReports } from '../../src/delivery/test-reports.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { lacksToStore } from '../../src/stories/lacks.ts';
import { silent } from '../../src/telemetry/log.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { changeChannels } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, plainCompose } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const catalogue = loadCatalogue();
const sent: Outcome = { kind: 'sent', messageId: '1' };

const scene = async (answers: readonly Outcome[], platform: Partial<Platform> = {}, { drawn = true } = {}) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1', { madeBy: 'P1', language: 'ko' });
  const told: string[] = [];
  const direct: string[] = [];
  let tells = true;
  const discord = recorder('discord', (_posting, count) => answers[count - 1] ?? sent);
  const reports = createTestReports(catalogue, silent);
  const courier = fixture.createCourier(
    [
      {
        ...discord,
        findCard: async () => sent,
        sendDirectMessage: async (_person, text) => direct.push(text) > 0,
        ...platform,
      },
    ],
    {
      compose: async (...all) => ({ ...(await plainCompose(...all)), ...(drawn && { png: new Uint8Array(1) }) }),
      testReports: reports,
      catalogue,
    },
  );
  const send = async ({ expected = true, pingIsSilent = false } = {}) => {
    const { now } = fixture;
    const story = { kind: 'test', symbol: '*', at: now, sample: { slide: nvidia, recorded: false } } as const;
    const id = await enqueueForChannel(fixture.store.db, 1, story, { now, dueAt: now });
    const tell = async (text: string) => {
      if (tells) told.push(text);
      return tells;
    };
    if (expected) reports.expect(id, { language: 'en', pingIsSilent, tell });
    await courier.run(fixture.now);
  };
  const deafen = () => {
    tells = false;
  };
  const later = async (ms: number) => {
    fixture.now += ms;
    await courier.run(fixture.now);
  };
  return { fixture, told, direct, discord, send, later, deafen };
};

const lack = (part: Lack['part']): Lack => ({ part, reason: 'No.', remedy: 'Allow it.' });

describe('the report about a test card', () => {
  it('says that all works, to the asker alone, and names the parts', async () => {
    const { send, told, direct } = await scene([]);
    await send();
    expect(told).toEqual([
      "The test card has arrived. Everything works: picture, buttons, links, and reading the channel's history.",
    ]);
    expect(direct).toEqual([]);
  });

  it.each(['picture', 'ping', 'buttons', 'links'] as const)('names the %s that was refused, and why', async (part) => {
    const { send, told } = await scene([{ ...sent, without: [lack(part)] }]);
    await send();
    expect(told[0]).toMatch(
      new RegExp(
        `^The test card has arrived, but not all of it works\\. It came without .*${part}\\. No\\. Allow it\\.$`,
      ),
    );
  });

  it.each<[string, Outcome | undefined, RegExp]>([
    ['not readable', { kind: 'unsure', reason: '', remedy: '' }, /give it Read Message History\.$/],
    ['forbidden', { kind: 'forbidden', reason: '', remedy: '' }, /give it Read Message History\.$/],
    ['not answered', { kind: 'later', reason: '' }, /could not be checked just now\.$/],
    ['without the card', undefined, /could not be checked just now\.$/],
  ])('says it of a history that is %s', async (_what, found, text) => {
    const { send, told } = await scene([], { findCard: async () => found });
    await send();
    expect(told[0]).toMatch(text);
  });

  it('looks for no card that was found already, and does not claim to know what it lacks', async () => {
    let looks = 0;
    const findCard = async () => {
      looks += 1;
      return sent;
    };
    const { send, told } = await scene([{ ...sent, duplicate: true }], { findCard });
    await send();
    expect([told, looks]).toEqual([[expect.stringContaining("can't tell whether all of it did")], 0]);
  });

  it('says that a picture could not be drawn', async () => {
    const { send, told } = await scene([], {}, { drawn: false });
    await send();
    expect(told[0]).toContain('Its picture could not be drawn.');
  });

  it('says that the ping notifies nobody, where that is known and the channel pings', async () => {
    const { fixture, send, told } = await scene([]);
    await send({ pingIsSilent: true });
    expect(told[0]).toContain('Everything works');
    await changeChannels(fixture.store.db, {
      settings: JSON.stringify({ ping: { id: '900000000000000001', from: 0 } }),
    });
    await send({ pingIsSilent: true });
    expect(told[1]).toMatch(/^The test card has arrived, but not all of it works\. The ping notifies nobody: /);
  });

  it('tries the parts that were refused before', async () => {
    const { fixture, send, discord } = await scene([]);
    await changeChannels(fixture.store.db, { lacks: lacksToStore({ picture: { at: fixture.now, text: 'No.' } }) });
    await send();
    expect(discord.postings[0]?.leaveOut).toBeUndefined();
    expect(discord.postings[0]?.png).toBeDefined();
  });

  it('says once that the card has to wait, and then what came of it', async () => {
    const busy: Outcome = { kind: 'later', reason: 'Busy.' };
    const { send, later, told } = await scene([busy, busy]);
    await send();
    await later(10 * MINUTE);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('has not been posted yet');
    await later(10 * MINUTE);
    expect(told[1]).toContain('Everything works');
  });

  it.each<[Outcome, RegExp]>([
    [{ kind: 'forbidden', reason: 'No.', remedy: 'Let it.' }, /^The test card can't be posted here\. No\. Let it\.$/],
    [{ kind: 'rejected', reason: 'Bad.' }, /for a fault of its own/],
    [{ kind: 'gone', reason: 'Gone.' }, /can't find this channel any more/],
    [{ kind: 'unsure', reason: 'Lost.', remedy: '' }, /^The test card may have arrived.*Read Message History\.$/],
  ])('says what a refusal means: %o', async (outcome, text) => {
    const { send, told } = await scene([outcome]);
    await send();
    expect(told[0]).toMatch(text);
  });

  it('goes to the person who set the channel up, in its language, if the asker is not known or not reached', async () => {
    const unknown = await scene([]);
    await unknown.send({ expected: false });
    expect(unknown.direct).toEqual([expect.stringMatching(/^<#1>: 테스트 카드가 도착했습니다\. 모두 정상입니다/)]);
    const away = await scene([]);
    away.deafen();
    await away.send();
    expect(away.direct).toHaveLength(1);
  });

  it('is not made of other cards', async () => {
    const { fixture, later, told, direct } = await scene([]);
    await fixture.enqueueSlide('NVDA');
    await later(0);
    expect([told, direct]).toEqual([[], []]);
  });
});
