/** How reports begin a row that sums up the others: English, German, Polish, Romanian, Russian ... */
const words = [
    'grand totals?',
    'total general',
    'sub-?totals?',
    'totals?',
    'gesamt(summe|betrag)?',
    'zwischensumme',
    'summe',
    'insgesamt',
    'razem',
    'suma',
    'ogółem',
    'łącznie',
    'итого',
    'всего',
    'итог',
    'сумма',
    'разом',
    'totaal',
    'totale',
    'totaux',
];

const beginsTotal = new RegExp(`^(${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** The beginning of a cell or line that says it is a sum of the rows; undefined where none does. */
export function totalWord(text: string): string | undefined {
    return beginsTotal.exec(text.trim())?.[0];
}

/** A pattern that matches text which begins with these words. */
export function beginningWith(text: string): string {
    return `^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
}
