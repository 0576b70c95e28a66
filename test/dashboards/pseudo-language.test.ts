import { expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { placesOf } from '../../dashboards/messages/places.ts';
import { outsideBrackets, pseudoLanguage } from '../browser/support/pseudo-language.ts';

it('has accents on words, brackets around every text, and the places as they were', () => {
    const text =
        '{count, plural, one {# lead} other {# leads}} of {name}{day, select, none {} other {, {day}}}';
    expect(pseudoLanguage(new Map([['a.b', text]]))).toEqual({
        a: {
            b: '⟦{count, plural, one {# ļéád} other {# ļéádš}} óf {name}{day, select, none {} other {, {day}}}⟧',
        },
    });
});

it('leaves addresses and code alone', () => {
    const text = 'See [leads](/sales/lead/), stream `leads`.';
    expect(pseudoLanguage(new Map([['a', text]]))).toEqual({
        a: '⟦Šéé [ļéádš](/sales/lead/), štřéám `leads`.⟧',
    });
});

it('takes what every message takes', () => {
    const catalogue = readCatalogue(messagesFile('en'));
    for (const [key, text] of catalogue) {
        const flat = pseudoLanguage(new Map([['key', text]])).key;
        expect([key, placesOf(String(flat))]).toEqual([key, placesOf(text)]);
    }
});

it('leaves what is outside the brackets', () => {
    expect(outsideBrackets('⟦ļéád ⟦1 €⟧⟧ 501').trim()).toBe('501');
});
