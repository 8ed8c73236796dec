import { describe, expect, test } from 'vitest';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { withoutParts } from '../../src/chat/discord/parts.ts';
import { render } from '../../src/chat/discord/render.ts';
import { cardWithout } from '../../src/chat/slack/optional-parts.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { OPTIONAL_PARTS } from '../../src/stories/lacks.ts';
import type { Story } from '../../src/stories/story.ts';
import { PNG } from '../chat/discord/samples.ts';
import { ruleFaults } from '../doubles/discord/rules.ts';
import { schemaFaults } from '../doubles/discord/schema.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { EVERY_STORY } from './every-story.ts';
import { catalogue } from './stories.ts';

const FILE = 'F0000000001';

const every = Object.entries(EVERY_STORY).flatMap(([kind, all]) =>
  all.flatMap((stories, n) => catalogue.languages.map((language) => [kind, n, language, stories] as const)),
);

/** The ways in which optional parts may be left out: none, each alone, all. */
const WAYS = [[], ...OPTIONAL_PARTS.map((part) => [part]), OPTIONAL_PARTS];

const cardIn = (stories: readonly Story[], language: string) => ({
  ...buildCard(stories, language, catalogue),
  actions: cardButtons(stories, catalogue.in(language)),
});

test('there is a card of every kind', () => {
  for (const all of Object.values(EVERY_STORY)) expect(all.length).toBeGreaterThan(0);
});

describe('a card is valid for the platform, with its buttons, a ping and a picture, and without any of them:', () => {
  test.each(every)('%s %i in %s on Discord', (_kind, _n, language, stories) => {
    const card = cardIn(stories, language);
    const whole = {
      channelId: '1',
      key: 'sw-abc123-1',
      maybePosted: false,
      card,
      png: PNG,
      ping: '300000000000000001',
    };
    for (const way of WAYS) {
      const { body, files } = render(withoutParts(whole, way));
      const uploaded = files.map(({ name, data, contentType }, n) => ({
        ...{ field: `files[${n}]`, name, type: contentType, bytes: data },
      }));
      expect([...schemaFaults(body), ...ruleFaults(body, uploaded)], way.join()).toEqual([]);
    }
  });

  test.each(every)('%s %i in %s on Slack', (_kind, _n, language, stories) => {
    const card = cardIn(stories, language);
    for (const way of WAYS) {
      const left = new Set(way);
      const ping = left.has('ping') ? undefined : 'S0000000001';
      const { text, blocks } = renderCard(cardWithout(card, left), undefined, ping);
      const metadata = { event_type: 'slidewatch_card', event_payload: { key: 'sw-abc123-1' } };
      const message = { text, blocks: blocks(left.has('picture') ? undefined : FILE), metadata };
      expect(
        checkMessage(message, (id) => id === FILE),
        way.join(),
      ).toEqual([]);
    }
  });
});
