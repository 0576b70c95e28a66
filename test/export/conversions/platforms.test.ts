import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { UploadLine } from '../../../pipelines/export/conversions/conversion.ts';
import {
    googleEmail,
    hashEmail,
    plainEmail,
} from '../../../pipelines/export/conversions/emails.ts';
import { type PlatformName, platforms } from '../../../pipelines/export/conversions/registry.ts';

const line: UploadLine = {
    action: 'conversion',
    milestone: 'collected',
    dealId: 'd1',
    orderId: 'd1:collected',
    name: 'Deal, paid',
    click: { name: 'gclid', value: 'Cj0K', at: '2026-03-01T08:00:00Z' },
    reachedAt: '2026-03-10T09:30:00Z',
    value: '1234.50',
    currency: 'EUR',
    hashedEmail: null,
};
const at = '2026-03-31T12:00:00.123Z';
const write = (platform: PlatformName, lines: readonly UploadLine[]) =>
    platforms[platform]
        .files(lines, at)
        .map(({ name, ending, text }) => [`${name}.${ending}`, text]);
const click = (name: string, value: string) => ({ ...line, click: { ...line.click, name, value } });

describe('Google', () => {
    const header =
        'Google Click ID,GBRAID,WBRAID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Order ID';

    it('has a column for each kind of click, and times of UTC without offset', () => {
        expect(write('google', [line, click('gbraid', '0AAA'), click('wbraid', 'Cl8')])).toEqual([
            [
                'conversions.csv',
                `Parameters:TimeZone=UTC\n${header}\n` +
                    'Cj0K,,,"Deal, paid",2026-03-10 09:30:00,1234.50,EUR,d1:collected\n' +
                    ',0AAA,,"Deal, paid",2026-03-10 09:30:00,1234.50,EUR,d1:collected\n' +
                    ',,Cl8,"Deal, paid",2026-03-10 09:30:00,1234.50,EUR,d1:collected\n',
            ],
        ]);
    });

    it('has e-mail hashes only where there are any', () => {
        const [file] = write('google', [{ ...line, hashedEmail: 'ab12' }, line]);
        expect(file?.[1]?.split('\n').slice(1)).toEqual([
            `${header},Email`,
            'Cj0K,,,"Deal, paid",2026-03-10 09:30:00,1234.50,EUR,d1:collected,ab12',
            'Cj0K,,,"Deal, paid",2026-03-10 09:30:00,1234.50,EUR,d1:collected,',
            '',
        ]);
    });

    it('has adjustments in a file of their own, by order id, of the time of the export', () => {
        const lines = [
            { ...line, action: 'restatement' as const, value: '200.00' },
            { ...line, action: 'retraction' as const, value: '0.00' },
        ];
        expect(write('google', lines)).toEqual([
            [
                'adjustments.csv',
                'Parameters:TimeZone=UTC\n' +
                    'Order ID,Conversion Name,Adjustment Time,Adjustment Type,Adjusted Value,Adjusted Value Currency\n' +
                    'd1:collected,"Deal, paid",2026-03-31 12:00:00,RESTATE,200.00,EUR\n' +
                    'd1:collected,"Deal, paid",2026-03-31 12:00:00,RETRACT,,\n',
            ],
        ]);
        expect(write('google', [line, ...lines]).map(([name]) => name)).toEqual([
            'conversions.csv',
            'adjustments.csv',
        ]);
    });
});

describe('Meta', () => {
    it('has events of the Conversions API, with the cookie made of the click', () => {
        const [file] = write('meta', [{ ...click('fbclid', 'IwAR0'), hashedEmail: 'ab12' }]);
        expect(file?.[0]).toBe('conversions.json');
        expect(JSON.parse(file?.[1] ?? '')).toEqual({
            data: [
                {
                    event_name: 'Deal, paid',
                    event_time: Date.UTC(2026, 2, 10, 9, 30) / 1000,
                    event_id: 'd1:collected',
                    action_source: 'physical_store',
                    user_data: { fbc: `fb.1.${Date.UTC(2026, 2, 1, 8)}.IwAR0`, em: ['ab12'] },
                    custom_data: { value: 1234.5, currency: 'EUR', order_id: 'd1:collected' },
                },
            ],
        });
    });

    it('keeps a cookie as it is, and a thousand events to a file', () => {
        const lines = Array.from({ length: 1001 }, () => click('fbc', 'fb.1.17.Iw'));
        const files = write('meta', lines);
        expect(files.map(([name]) => name)).toEqual(['conversions-1.json', 'conversions-2.json']);
        const [first, second] = files.map(([, text]) => JSON.parse(text ?? '').data);
        expect([first.length, second.length]).toEqual([1000, 1]);
        expect(second[0].user_data).toEqual({ fbc: 'fb.1.17.Iw' });
    });
});

it('has LinkedIn events with the amount as text', () => {
    const [file] = write('linkedin', [
        { ...click('li_fat_id', 'df5-gf5'), name: '123', hashedEmail: 'ab' },
    ]);
    expect(JSON.parse(file?.[1] ?? '')).toEqual({
        elements: [
            {
                conversion: 'urn:lla:llaPartnerConversion:123',
                conversionHappenedAt: Date.UTC(2026, 2, 10, 9, 30),
                conversionValue: { currencyCode: 'EUR', amount: '1234.50' },
                eventId: 'd1:collected',
                user: {
                    userIds: [
                        { idType: 'LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID', idValue: 'df5-gf5' },
                        { idType: 'SHA256_EMAIL', idValue: 'ab' },
                    ],
                },
            },
        ],
    });
});

it('has lines of Yandex in seconds of Unix time', () => {
    expect(write('yandex', [click('yclid', '7711')])).toEqual([
        [
            'conversions.csv',
            'Yclid,Target,DateTime,Price,Currency\n' +
                `7711,"Deal, paid",${Date.UTC(2026, 2, 10, 9, 30) / 1000},1234.50,EUR\n`,
        ],
    ]);
});

describe('the hash of an address', () => {
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    // The examples of Google's own guide.
    it.each([
        ['cloudy.sanfrancisco+shopping@gmail.com', 'cloudysanfrancisco@gmail.com'],
        [' user.name+NYC@Example.com ', 'user.name+nyc@example.com'],
        ['A.b@GoogleMail.com', 'ab@googlemail.com'],
    ])('of %s is as Google makes it', (email, plain) => {
        expect(hashEmail(email, googleEmail)).toBe(sha(plain));
    });

    it('of others leaves points and plus alone', () => {
        expect(hashEmail('A.b+c@Gmail.com', plainEmail)).toBe(sha('a.b+c@gmail.com'));
    });

    it.each([null, '', 'n/a', '@', 'a@b@c'])('of %s is none', (text) => {
        expect(hashEmail(text, plainEmail)).toBeNull();
    });
});
