import { createCsvFile, type ExportFile, type WrittenFile } from '../export-file.ts';
import { isoDay } from '../format.ts';
import { createRandom } from '../random.ts';
import { drawSpend } from '../spend.ts';
import { AD_REPORTS, type AdReport, GOOGLE_REPORT } from './ad-reports.ts';

/** Rows between two broken ones: well under one in a hundred, and none in a tiny export. */
const ROWS_BEFORE_BROKEN = 700;
/** Google corrects its figures long after; the later file wins for the whole month. */
const RESTATED_MONTH = '2025-03';

/** Writes the reports of the three ad platforms, one file a year, and Google's restated month. */
export function writeAdExports(root: string, seed: number, factor: number): WrittenFile[] {
    return [
        ...AD_REPORTS.flatMap((report) => writeReports(root, report, seed, factor)),
        writeRestatedMonth(root, seed, factor),
    ];
}

function writeReports(root: string, report: AdReport, seed: number, factor: number): WrittenFile[] {
    const written: WrittenFile[] = [];
    let file: ExportFile | undefined;
    let year = '';
    let count = 0;
    for (const spend of drawSpend(seed, factor, report.platform)) {
        const yearOfDay = isoDay(spend.day).slice(0, 4);
        if (file === undefined || yearOfDay !== year) {
            if (file !== undefined) written.push(file.close());
            year = yearOfDay;
            const name = `${report.folder}/campaigns_${year}.csv`;
            file = createCsvFile(root, name, report.header, report.dialect(year));
        }
        file.row(report.cells(spend));
        count += 1;
        if (count % ROWS_BEFORE_BROKEN === 0) file.row(report.broken(spend));
    }
    if (file !== undefined) written.push(file.close());
    return written;
}

function writeRestatedMonth(root: string, seed: number, factor: number): WrittenFile {
    const random = createRandom(seed, 'restated');
    const name = `google_ads/restated/campaigns_${RESTATED_MONTH}.csv`;
    const file = createCsvFile(root, name, GOOGLE_REPORT.header, {
        titleLines: ['Campaign report', '"March 1, 2025 - March 31, 2025"'],
    });
    for (const spend of drawSpend(seed, factor, 'google_ads')) {
        if (!isoDay(spend.day).startsWith(RESTATED_MONTH)) continue;
        // Invalid clicks are credited back, late ones added.
        const permille = random.integer(930, 1025);
        const micros = Math.round((spend.micros * permille) / 10_000_000) * 10_000;
        const clicks = Math.round((spend.clicks * permille) / 1000);
        file.row(GOOGLE_REPORT.cells({ ...spend, micros, clicks }));
    }
    return file.close();
}
