import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, maskedLink } from '../../../src/chat/discord/markdown.ts';
import { clipLine, oneLine } from '../../../src/chat/plain-text.ts';

/** Escaped text as Discord shows it: a backslash before punctuation is left out. */
const read = (markdown: string): string => markdown.replaceAll('\u200b', '').replaceAll(/\\([^0-9A-Za-z\s])/g, '$1');

/** The markdown that Discord would act on: an escaped character counts as any letter. */
const active = (markdown: string): string => markdown.replaceAll(/\\[^0-9A-Za-z\s]/g, 'x');

const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(
      '*',
      '**',
      '_',
      '~~',
      '`',
      '```',
      '||',
      '#',
      '# ',
      '-# ',
      '> ',
      '>>> ',
      '- ',
      '1. ',
      '\\',
      '[x](y)',
    ),
    fc.constantFrom('@everyone', '@here', '<@1>', '<@&1>', '<#1>', '<t:1:R>', '<:a:1>', '</x:1>', 'https://x.y', '\n'),
    fc.string({ maxLength: 5 }),
  ),
  { maxLength: 12 },
);

describe('escapeText', () => {
  it.each([
    ['**bold** _it_ __u__ ~~s~~', '\\*\\*bold\\*\\* \\_it\\_ \\_\\_u\\_\\_ \\~\\~s\\~\\~'],
    ['# heading', '\\# heading'],
    ['-# subtext', '\\-\\# subtext'],
    ['> quote', '\\> quote'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['`code` ||hidden||', '\\`code\\` \\|\\|hidden\\|\\|'],
    ['[here](https://evil.example)', '\\[here\\](https\\://evil.example)'],
    ['@everyone @here', '@\u200beveryone @\u200bhere'],
    ['<@42> <@&42> <#42>', '\\<@\u200b42\\> \\<@\u200b&42\\> \\<\\#42\\>'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines\r\n# here', 'two lines \\# here'],
  ])('escapes %j', (text, markdown) => {
    expect(escapeText(text)).toBe(markdown);
  });

  it.each(['$103.73, −7.0% today', '▼ Nvidia (NVDA) +91%: S&P', '엔비디아, 고점 대비 23.5% 하락'])(
    'leaves %j as it is',
    (text) => {
      expect(escapeText(text)).toBe(text);
    },
  );

  it('shows the text on one line, without any active markdown', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('');
        const markdown = escapeText(text);
        expect(read(markdown)).toBe(oneLine(text).replaceAll('\u200b', ''));
        expect(active(markdown)).not.toMatch(/[*_~`|<>[\]#\\\n]|:\/\/|@(everyone|here)|^[-+]|^\d+\.\s/);
      }),
    );
  });
});

describe('oneLine', () => {
  it('removes marks that reverse the reading direction', () => {
    expect(oneLine('up \u202egnp.exe\u202c \u2066x\u2069')).toBe('up gnp.exe x');
  });

  it('keeps the thin space before a percent sign', () => {
    expect(oneLine('23.5\u202f%')).toBe('23.5\u202f%');
  });
});

describe('clipLine', () => {
  it('is never longer than asked and never halves a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const clipped = clipLine(text, limit);
        expect(clipped.length).toBeLessThanOrEqual(limit);
        expect(clipped.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('maskedLink', () => {
  it('links an https address, its parentheses encoded', () => {
    expect(maskedLink('reported 23 Jul', 'https://abc.xyz/a(b)?c=d e')).toBe(
      '[reported 23 Jul](https://abc.xyz/a%28b%29?c=d%20e)',
    );
  });

  it.each([
    'javascript:alert(1)',
    'http://abc.xyz/',
    'https://user:secret@abc.xyz/',
    'abc',
    `https://a.b/${'x'.repeat(600)}`,
  ])('shows the label alone for %j', (address) => {
    expect(maskedLink('source', address)).toBe('source');
  });

  it('cannot be ended by its label', () => {
    expect(maskedLink('a](https://evil.example) [b', 'https://abc.xyz/')).toBe(
      '[a\\](https\\://evil.example) \\[b](https://abc.xyz/)',
    );
  });
});
