import { describe, expect, test } from 'vitest';
import { commandKey } from '../../commands/command-names.ts';
import { EXAMPLES, typedCall } from '../../commands/examples.ts';
import { commands } from '../../commands/index.ts';
import { languagesInWords } from '../../src/i18n/names.ts';
import { askingAt, context } from './asking.ts';
import { cardOf } from './market-context.ts';

describe.each(['discord', 'slack'])('on %s', (platform) => {
  test.each(EXAMPLES.map((call) => typedCall(call, platform)))('the example %s works', async (typed) => {
    for (const language of context.catalogue.languages) {
      const asking = askingAt({ platform, language });
      expect((await asking.line(typed.replace(/^\/slidewatch /, ''))).kind).toBe('card');
    }
  });

  test.each(context.catalogue.languages)(
    'the help in %s has every command with all of its examples',
    async (language) => {
      const card = cardOf(await askingAt({ platform, language }).line('help'));
      const rows = card.sections.flatMap((section) => section.rows);
      expect(rows.map(({ label }) => label)).toEqual(
        commands.map(({ name }) => (platform === 'slack' ? `/slidewatch ${name}` : `/${name}`)),
      );
      const text = rows.map((row) => row.text).join('\n');
      for (const call of EXAMPLES) expect(text).toContain(typedCall(call, platform));
    },
  );
});

describe.each(context.catalogue.languages)('the help in %s', (language) => {
  const words = context.catalogue.in(language);
  const invitations = [
    { to: 'server', url: 'https://discord.com/a' },
    { to: 'person', url: 'https://discord.com/b' },
    { to: 'workspace', url: 'https://api.slack.com/c' },
  ] as const;
  const helpWith = async (more: object) => {
    const question = { platform: 'discord', options: {}, language, channel: '1', asker: '2', now: 0, ...more };
    const answer = await commands.find(({ name }) => name === 'help')?.run(question, context);
    return cardOf(answer ?? { kind: 'problem', text: '' });
  };

  test('ends with the pages that bring the bot in, a line each', async () => {
    const card = await helpWith({ invitations });
    expect(card.sections.at(-1)?.heading).toBe(words.say('invite.heading'));
    expect(card.sections.at(-1)?.rows.map(({ link }) => link)).toEqual(invitations.map(({ url }) => url));
    expect(new Set(card.sections.at(-1)?.rows.flatMap(({ label, text, aside }) => [label, text, aside])).size).toBe(9);
    expect((await helpWith({})).sections).toHaveLength(2);
  });

  test('says where settings work if the bot is not in the place of the question', async () => {
    const hint = async (more: object) => (await helpWith(more)).sections[1]?.hint;
    expect(await hint({ absence: 'Not here.' })).toBe(words.say('help.channel-absent'));
    expect(await hint({})).toBe(words.say('help.channel-hint'));
  });
});

test('every command has an example', () => {
  expect(new Set(EXAMPLES.map(({ name }) => name))).toEqual(new Set(commands.map(({ name }) => name)));
});

describe.each(context.catalogue.languages)('in %s', (language) => {
  const words = context.catalogue.in(language);

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s has a name and descriptions that platforms accept',
    (_, command) => {
      const key = commandKey(command.name);
      for (const part of command.name.split(' ').length > 1 ? [commandKey('facts'), key] : [key]) {
        expect(words.say(`${part}.name`)).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
        expect(words.say(`${part}.name`)).toBe(words.say(`${part}.name`).toLowerCase());
      }
      const texts = [
        words.say(`${key}.description`),
        ...command.options.map(({ name }) =>
          words.say(`${key}.option.${name}`, { languages: languagesInWords(context.catalogue, words) }),
        ),
      ];
      for (const text of texts) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(100);
      }
    },
  );

  test('no two commands have the same name', () => {
    const names = commands.map(({ name }) =>
      name
        .split(' ')
        .map((_, index, parts) => words.say(`${commandKey(parts.slice(0, index + 1).join(' '))}.name`))
        .join(' '),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
