import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config, projectRoot } from '../../pipelines/config.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';

let directory: string;
beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-channels-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const header =
    'rule_id,priority,channel_id,utm_source,utm_medium,utm_campaign,click_id,referrer_host,recorded_channel,valid_from,valid_to';

function compose(rows: readonly string[], columns = header) {
    const path = join(directory, 'rules/reference/channel_rules.csv');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [columns, ...rows, ''].join('\n'));
    return composeRules(
        { company: {}, rules: join(directory, 'rules') } as Config,
        join(directory, 'written'),
    );
}

describe('a channel rule', () => {
    it('may be written with capitals, blanks and hyphens, as people write tags', async () => {
        const rows = [
            'a,1,email,,E-Mail,,,,,2026-01-01,',
            'b,2,partner,Our Partner,,,,,,2026-01-01,',
            'c,3,paid_search,,,,MSCLKID%,,,2026-01-01,',
            'd,4,partner,,,,,https://www.Shop.example/a,,2026-01-01,',
            'e,5,social,[Social],,,,,,2026-01-01,',
        ];
        await expect(compose(rows)).resolves.toBeDefined();
    });

    it('of an older file lacks the columns that came later, and dbt gets them empty', async () => {
        const older = header.replace('utm_campaign,', '');
        await compose(['a,1,email,,"e-mail, ""news""",,,,2026-01-01,'], older);
        const written = readFileSync(
            join(directory, 'written/reference/channel_rules.csv'),
            'utf8',
        );
        expect(written).toBe(`${header}\n"a","1","email",,"e-mail, ""news""",,,,,"2026-01-01",\n`);
    });

    it('never matches a word that the models read as nothing, whichever it is', async () => {
        const macro = readFileSync(resolve(projectRoot, 'macros/clean_tag.sql'), 'utf8');
        const list = macro.slice(macro.indexOf('['), macro.indexOf(']'));
        const words = [...list.matchAll(/'([^']+)'/g)].flatMap(([, word]) => word ?? []);
        expect(words).toContain('(not_set)');
        for (const word of words) {
            await expect(compose([`a,1,direct,,${word},,,,,2026-01-01,`])).rejects.toThrow(
                'can never match',
            );
        }
    });

    it.each([
        [
            'of a word for nothing',
            ['a,1,direct,(Direct),,,,,,2026-01-01,'],
            "line 2, column utm_source: expected a pattern of a tag; what web analytics writes for nothing is read as an empty tag, got '(Direct)'",
        ],
        [
            'of a medium that is a hyphen',
            ['a,1,direct,,-,,,,,2026-01-01,'],
            "line 2, column utm_medium: expected a pattern of a tag; what web analytics writes for nothing is read as an empty tag, got '-'",
        ],
        [
            'of a recorded channel that is a hyphen',
            ['a,1,direct,,,,,,-,2026-01-01,'],
            "line 2, column recorded_channel: expected a pattern of a channel; a hyphen alone is read as an empty channel, got '-'",
        ],
        [
            'of a category without sources',
            ['a,1,social,[socials],,,,,,2026-01-01,'],
            "line 2, column utm_source: expected a pattern, or a category of source_categories.csv: [search], [shopping], [social], [video], [ai_assistant], got '[socials]'",
        ],
        [
            'of a path instead of a host',
            ['a,1,partner,,,,,/shop,,2026-01-01,'],
            "line 2, column referrer_host: expected a pattern of a host, such as %.example.com, got '/shop'",
        ],
        [
            'behind a wider one',
            ['a,1,paid_other,,%cp%,,,,,2026-01-01,', 'b,2,video,,cpv,,,,,2026-03-01,'],
            "line 3, column priority: expected less than 1, because a (line 2) takes all that it fits, got '2'",
        ],
        [
            'behind the same one in another spelling',
            ['a,1,email,,e_mail,,,,,2026-01-01,', 'b,2,partner,,E-Mail,,,,,2026-01-01,2026-06-01'],
            "line 3, column priority: expected less than 1, because a (line 2) takes all that it fits, got '2'",
        ],
    ])('%s can never match and is refused', async (_, rows, place) => {
        await expect(compose(rows)).rejects.toThrow(place);
    });

    it.each([
        [
            'a longer time',
            ['a,1,paid_other,,%cp%,,,,,2026-01-01,2026-03-01', 'b,2,video,,cpv,,,,,2026-01-01,'],
        ],
        [
            'other sources',
            ['a,1,paid_other,x%,%cp%,,,,,2026-01-01,', 'b,2,video,,cpv,,,,,2026-01-01,'],
        ],
        ['other media', ['a,1,email,,e_mail,,,,,2026-01-01,', 'b,2,video,,e%mail,,,,,2026-01-01,']],
    ])('behind a wider one still decides for %s', async (_, rows) => {
        await expect(compose(rows)).resolves.toBeDefined();
    });
});
