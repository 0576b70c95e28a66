import type { CsvDialect } from '../export-file.ts';
import { dottedDay, dottedInteger, dottedMoney, isoDay, plainMoney } from '../format.ts';
import type { Platform } from '../sources.ts';
import type { SpendDay } from '../spend.ts';

/** How a platform writes its report. */
export interface AdReport {
    readonly platform: Platform;
    readonly folder: string;
    readonly header: readonly string[];
    readonly dialect: (year: string) => CsvDialect;
    readonly cells: (spend: SpendDay) => readonly string[];
    /** A row no contract lets through. */
    readonly broken: (spend: SpendDay) => readonly string[];
}

const GOOGLE_HEADER = [
    'Day',
    'Campaign',
    'Campaign ID',
    'Currency code',
    'Cost (micros)',
    'Impr.',
    'Clicks',
    'Conversions',
];

export const GOOGLE_REPORT: AdReport = {
    platform: 'google_ads',
    folder: 'google_ads',
    header: GOOGLE_HEADER,
    dialect: (year) => ({
        titleLines: ['Campaign report', `"January 1, ${year} - December 31, ${year}"`],
    }),
    cells: (spend) => [
        isoDay(spend.day),
        spend.campaign.name,
        spend.campaign.id,
        'EUR',
        String(spend.micros),
        String(spend.impressions),
        String(spend.clicks),
        spend.claimedHundredths === 0 ? '--' : plainMoney(spend.claimedHundredths),
    ],
    broken: (spend) => [
        isoDay(spend.day),
        spend.campaign.name,
        spend.campaign.id,
        'EUR',
        '-4120000',
        '0',
        '0',
        '--',
    ],
};

const META_REPORT: AdReport = {
    platform: 'meta_ads',
    folder: 'meta_ads',
    header: [
        'Reporting starts',
        'Reporting ends',
        'Campaign name',
        'Campaign ID',
        'Amount spent (EUR)',
        'Impressions',
        'Link clicks',
        'Results',
    ],
    dialect: () => ({ hasByteOrderMark: true, lineEnd: '\r\n' }),
    cells: (spend) => [
        isoDay(spend.day),
        isoDay(spend.day),
        `${spend.campaign.name} `,
        spend.campaign.id,
        plainMoney(spend.micros / 10_000),
        String(spend.impressions),
        String(spend.clicks),
        String(Math.round(spend.claimedHundredths / 100)),
    ],
    broken: (spend) => [
        isoDay(spend.day),
        isoDay(spend.day),
        spend.campaign.name,
        '',
        '12.00',
        '310',
        '4',
        '0',
    ],
};

const LINKEDIN_REPORT: AdReport = {
    platform: 'linkedin_ads',
    folder: 'linkedin_ads',
    header: [
        'Start Date (in UTC)',
        'Account Name',
        'Campaign Name',
        'Campaign ID',
        'Total Spent',
        'Currency',
        'Impressions',
        'Clicks',
        'Leads',
    ],
    dialect: () => ({ delimiter: ';' }),
    cells: (spend) => [
        dottedDay(spend.day),
        'Gates & Parts',
        spend.campaign.name,
        spend.campaign.id,
        dottedMoney(spend.micros / 10_000),
        'EUR',
        dottedInteger(spend.impressions),
        dottedInteger(spend.clicks),
        String(Math.round(spend.claimedHundredths / 100)),
    ],
    broken: (spend) => [
        `31.02.${isoDay(spend.day).slice(0, 4)}`,
        'Gates & Parts',
        spend.campaign.name,
        spend.campaign.id,
        '18,40',
        'EUR',
        '120',
        '2',
        '0',
    ],
};

export const AD_REPORTS: readonly AdReport[] = [GOOGLE_REPORT, META_REPORT, LINKEDIN_REPORT];
