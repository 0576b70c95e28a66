import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStream } from '../../pipelines/contracts/registry.ts';
import { exportLayouts } from '../../pipelines/sources/files/layouts/export-layout.ts';
import {
    guessDateFormat,
    guessSeparators,
} from '../../pipelines/sources/files/layouts/guess-format.ts';
import { findEvents } from '../../pipelines/sources/files/layouts/match-header.ts';
import { recognise } from '../../pipelines/sources/files/layouts/recognise.ts';
import { hubspot } from '../../pipelines/sources/hubspot/settings.ts';
import { realExports } from './exports/all.ts';
import { bytesOf } from './exports/real-export.ts';

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jointly-layouts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function recogniseText(text: string | Uint8Array, name = 'export.csv') {
    const path = join(folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
    const { size, mtimeMs } = statSync(path);
    return recognise({ path, name, bytes: size, modifiedMs: mtimeMs }, () => {
        throw new Error('no file of these needs the engine');
    });
}

/** Layouts of tables; the others are told by their format. */
const tables = exportLayouts().filter(({ format }) => format.type === undefined);

/** A header with the `at`-th name of every column, or its last one. */
function headerOf({ columns, also }: ReturnType<typeof exportLayouts>[number], at: number) {
    const names = Object.values(columns).flatMap(({ names, joined = [] }) =>
        (names.length > 0 ? [names] : joined).map((list) => list[at] ?? list.at(-1) ?? ''),
    );
    const others = also.map((group) => group[0] ?? '');
    return [...new Set([...names, ...others])].map((name) => name.replace('*', 'EUR'));
}

describe('layouts', () => {
    it.each(tables.flatMap((layout) => [0, 1, 2].map((at) => [layout.name, at, layout] as const)))(
        '%s is recognised by its names, choice %d',
        async (name, at, layout) => {
            const header = headerOf(layout, at);
            const found = await recogniseText(
                `A "title\n\n${header.join('\t')}\n${header.map(() => '1').join('\t')}\n`,
            );
            expect(found?.fits[0]?.layout.name).toBe(name);
            expect(found?.header.line).toBe(3);
        },
    );

    it.each(realExports.map((one) => [one.layout, one.variant, one] as const))(
        '%s is recognised in a file, and nothing else: %s',
        async (layout, _, one) => {
            const found = await recogniseText(bytesOf(one), one.file);
            const [first, second] = found?.fits ?? [];
            expect(first?.layout.name).toBe(layout);
            expect(second?.match.score ?? 0).toBeLessThan(first?.match.score ?? 0);
        },
    );

    it('are tried on files of two kinds at least, or say why they cannot be loaded', () => {
        for (const layout of exportLayouts()) {
            const required = findStream(layout.stream)?.columns.filter((one) => one.required) ?? [];
            const isWhole = required.every(
                ({ name }) =>
                    name === 'currency_code' || layout.columns[name] || layout.constants[name],
            );
            const variants = realExports.filter((one) => one.layout === layout.name).length;
            expect([layout.name, isWhole ? variants >= 2 : layout.note !== undefined]).toEqual([
                layout.name,
                true,
            ]);
        }
    });

    it.each([
        'Total Energies',
        'Totals & Co',
        'Gesamt Sortiment',
        'Razem taniej',
        'Suma wszystkich marzeń',
        'Total general contractor',
        'Итого хорошо',
        'Всего за час',
        'Сумма и Ко',
        'Copyright Partners',
    ])('leave out no row that is called %s', (name) => {
        for (const { name: layout, skip, format } of exportLayouts()) {
            const dates = /^(Day|Tag|Date|Datum|Dzień|Ziua|Zi|День|Дата|Data|By Day)$/;
            const patterns = skip
                .filter(({ columns }) => !columns.every((column) => dates.test(column)))
                .flatMap(({ pattern }) => pattern ?? []);
            const ids = layout.startsWith('yookassa-') ? [] : [format.footer ?? '^$'];
            for (const pattern of [...patterns, ...ids]) {
                expect([layout, pattern, new RegExp(pattern, 'u').test(name)]).toEqual([
                    layout,
                    pattern,
                    false,
                ]);
            }
        }
    });

    it('name platforms that belong to a channel', () => {
        const known = readFileSync('seeds/reference/platform_channels.csv', 'utf8')
            .split('\n')
            .map((line) => line.split(',')[0]);
        const named = exportLayouts().flatMap(({ constants }) => constants.platform ?? []);
        expect(known).toEqual(expect.arrayContaining(named));
    });

    it('are read in the encodings of Windows', async () => {
        const text = 'Дата;№ Кампании;Название кампании;Расход (руб.)\n14.07.2026;5;Поиск;1,50\n';
        const bytes = Uint8Array.from(text, (letter) => {
            const code = letter.charCodeAt(0);
            if (letter === '№') return 0xb9;
            return code < 128 ? code : code - 0x410 + 0xc0;
        });
        expect(await recogniseText(bytes)).toMatchObject({
            encoding: 'windows-1251',
            fits: [{ layout: { name: 'yandex-direct-report' }, match: { currency: 'RUB' } }],
        });
    });

    it('do not fit a file that only looks a little like them', async () => {
        const found = await recogniseText('Day,Cost,Product\n2026-01-01,1,Door\n');
        expect(found).toMatchObject({
            fits: [],
            header: { line: 1 },
            rows: [['2026-01-01', '1', 'Door']],
        });
    });
});

describe('dates of events', () => {
    const found = (layout: string, ...header: string[]) => {
        const known = exportLayouts().find(({ name }) => name === layout);
        return known && Object.fromEntries(findEvents(known, header));
    };

    it('of contacts are the steps of the connector, the older of two names first', () => {
        const { lifecycle_stages: stages } = hubspot.schema.parse({
            name: 'crm',
            system: 'hubspot',
            since: '2026-01-01',
        });
        const events = found(
            'hubspot-contacts',
            'Record ID',
            'Became a Subscriber Date',
            'Became a Lead Date',
            'Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"',
            'Date exited "Sales Qualified Lead (Lifecycle Stage Pipeline)"',
            'Became a marketing qualified lead date',
            'Became a Sales Qualified Lead Date',
            'Became a Sales Accepted Lead Date',
            'Became an Opportunity Date',
            'Became a Customer Date',
            'Became an Evangelist Date',
        );
        expect(events).toEqual({
            mql: [
                'Became a marketing qualified lead date',
                'Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"',
            ],
            sql: ['Became a Sales Qualified Lead Date'],
            opportunity: ['Became an Opportunity Date'],
            customer: ['Became a Customer Date'],
        });
        const steps = Object.values(stages).filter((step) => step !== null);
        expect(Object.keys(events ?? {}).sort()).toEqual([...new Set(steps)].sort());
    });

    it('of deals are entries into the stage between the quotes, whatever its pipeline', () => {
        expect(
            found(
                'hubspot-deals',
                'Date entered "Closed Won (Sales Pipeline)"',
                'Date entered "Closed Won (Partners)"',
                "Date entered 'Contract Sent (Sales Pipeline)'",
                'Date entered "On Hold (Q3) (Partners)"',
                'Date entered "Offer"',
                'Date entered current stage',
                'Date exited "Offer"',
                'Cumulative time in "Offer (Sales Pipeline)"',
            ),
        ).toEqual({
            'Closed Won': [
                'Date entered "Closed Won (Sales Pipeline)"',
                'Date entered "Closed Won (Partners)"',
            ],
            'Contract Sent': ["Date entered 'Contract Sent (Sales Pipeline)'"],
            'On Hold (Q3)': ['Date entered "On Hold (Q3) (Partners)"'],
            Offer: ['Date entered "Offer"'],
        });
    });
});

describe('guesses', () => {
    it.each([
        [['2026-06-30', '2026-01-01 10:00'], undefined, false],
        [['30.06.2026 14:05:00'], '%d.%m.%Y %H:%M:%S', false],
        [['06/30/2026', '01/02/2026'], '%m/%d/%Y', false],
        [['30/06/2026', '01/02/2026'], '%d/%m/%Y', false],
        [['01/02/2026'], '%m/%d/%Y', true],
        [['1/2/2026 3:04 PM', '1/31/2026 3:04 PM'], '%m/%d/%Y %I:%M %p', false],
        [['20260630'], '%Y%m%d', false],
        [['Sat, Aug 1, 2026'], '%a, %b %d, %Y', false],
    ])('%j are written as %s', (values, format, isTwoWay) => {
        expect(guessDateFormat(values)).toMatchObject({ isTwoWay });
        expect(guessDateFormat(values)?.format).toBe(format);
    });

    it('say nothing of what is no date', () => {
        expect(guessDateFormat(['soon'])).toBeUndefined();
        expect(guessDateFormat([])).toBeUndefined();
    });

    it.each([
        [['1.234,50', '7'], { decimal_separator: ',', thousands_separator: '.' }],
        [['1,234.50', '7'], { decimal_separator: '.', thousands_separator: ',' }],
        [['1 250,5'], { decimal_separator: ',', thousands_separator: ' ' }],
        [['1.5'], { decimal_separator: '.' }],
        [['1.500', '7'], {}],
        [['1,50', '1.50'], {}],
        [['$ 12,500.00', '€ 900.00'], { decimal_separator: '.', thousands_separator: ',' }],
        [['(1.200,50 €)', '-7 zł'], { decimal_separator: ',', thousands_separator: '.' }],
    ])('%j have the separators %j', (values, separators) => {
        expect(guessSeparators(values)).toEqual(separators);
    });
});
