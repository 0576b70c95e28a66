import { describe, expect, it } from 'vitest';
import type { InputConfig } from '../../pipelines/config-schema.ts';
import { type RuleFiles, refusalOf } from './rules-folder.ts';

const file = 'company/waivers';
const files: RuleFiles = {
    [file]: [
        'stream,input,account,from_day,to_day,waived_by,reason',
        'ad_spend,google,google_ads 1,2026-02-01,2026-02-28,Ana,paused',
        'ad_spend,google,google_ads 2,2026-02-01,2026-02-28,Ana,paused',
        'payments,bank,,2026-03-01,2026-03-01,Bo,came back',
    ],
};
const inputs = [
    { name: 'google', stream: 'ad_spend' },
    { name: 'bank', stream: 'payments' },
] as InputConfig[];
const refused = (line: number, text: string) => refusalOf({ files, inputs }, [file, line, text]);

describe('a waiver', () => {
    it('is taken for days of an input, of all of it or of one account', async () => {
        expect(await refusalOf({ files, inputs })).toBeUndefined();
    });

    it.each([
        [
            'of an input nobody knows',
            'ad_spend,gogle,,2026-02-01,2026-02-01,Ana,x',
            'column input: expected an input of ad_spend: google',
            'did you mean google?',
        ],
        [
            'of an input of another stream',
            'payments,google,,2026-02-01,2026-02-01,Ana,x',
            "expected an input of payments: bank, got 'google'",
            'correct the name, or take the row out',
        ],
        [
            'of a stream nothing loads',
            'spend,google,,2026-02-01,2026-02-01,Ana,x',
            'column stream: expected one of',
            '',
        ],
        [
            'that ends before it begins',
            'payments,bank,,2026-03-03,2026-03-02,Bo,x',
            'column to_day: expected 2026-03-03 or later',
            'correct from_day or to_day',
        ],
        [
            'for which nobody answers',
            'payments,bank,,2026-03-01,2026-03-01,,x',
            'column waived_by: expected text',
            '',
        ],
        [
            'without a reason',
            'payments,bank,,2026-03-01,2026-03-01,Bo,',
            'column reason: expected text',
            '',
        ],
        [
            'beside another one for the same days',
            'ad_spend,google,google_ads 1,2026-02-28,2026-03-05,Bo,y',
            'two rows of ad_spend google google_ads 1 for the same days',
            'join the two rows, or correct the days',
        ],
    ])('is refused %s', async (_, line, place, fix) => {
        const refusal = await refused(4, line);
        expect(refusal).toContain(`${file}.csv`);
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });
});
