import { BuildError } from './errors.mjs';

/**
 * Number formats of the company's currency, as spreadsheet format codes:
 * `money` whole units, `money_exact` with minor units, `money_short` for axes (12k, 3.4M).
 *
 * @param {string} currency ISO 4217 code
 * @throws {BuildError} when the code is not a currency code
 */
export function moneyFormats(currency) {
    let parts;
    let digits;
    try {
        const format = new Intl.NumberFormat('en', {
            style: 'currency',
            currency,
            currencyDisplay: 'narrowSymbol',
        });
        digits = format.resolvedOptions().maximumFractionDigits ?? 2;
        parts = format.formatToParts(1);
    } catch (error) {
        throw new BuildError(`${currency} is not a currency code`, { exitCode: 2, cause: error });
    }
    const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
    // A symbol of letters stands after the number with a space, as people write it: 1,200 zł.
    const withSymbol = (number) =>
        /^\p{L}/u.test(symbol) ? `${number} "${symbol}"` : `"${symbol}"${number}`;
    const signed = (number) => `${withSymbol(number)};-${withSymbol(number)}`;
    const exact = digits > 0 ? `#,##0.${'0'.repeat(digits)}` : '#,##0';
    return [
        format('money', signed('#,##0')),
        format('money_exact', signed(exact)),
        format(
            'money_short',
            `[>=1000000]${withSymbol('0.0,,"M"')};[>=1000]${withSymbol('0,"k"')};${withSymbol('0')}`,
        ),
    ];
}

const format = (formatTag, formatCode) => ({
    formatTag,
    formatCode,
    valueType: 'number',
    formatCategory: 'currency',
});
