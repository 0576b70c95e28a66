import { type LocalTime, toUtc } from './calendar.ts';

/** 2024-03-05 */
export function isoDay(time: LocalTime): string {
    return new Date(time).toISOString().slice(0, 10);
}

/** 05.03.2024 */
export function dottedDay(time: LocalTime): string {
    const [year, month, day] = isoDay(time).split('-');
    return `${day}.${month}.${year}`;
}

/** 05.03.2024 14:07, on the company's clock. */
export function dottedMinute(time: LocalTime): string {
    return `${dottedDay(time)} ${new Date(time).toISOString().slice(11, 16)}`;
}

/** 2024-03-05 14:07:31, on the company's clock. */
export function localMoment(time: LocalTime): string {
    return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** 2024-03-05T12:07:31Z */
export function utcMoment(time: LocalTime): string {
    return `${new Date(toUtc(time)).toISOString().slice(0, 19)}Z`;
}

/** Cents as 1234.50 */
export function plainMoney(cents: number): string {
    const digits = String(Math.abs(cents)).padStart(3, '0');
    return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Cents as 1.234,50 */
export function dottedMoney(cents: number): string {
    const [whole = '', fraction = ''] = plainMoney(Math.abs(cents)).split('.');
    return `${cents < 0 ? '-' : ''}${dottedInteger(Number(whole))},${fraction}`;
}

/** 1.234.567 */
export function dottedInteger(value: number): string {
    return String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}

/** Value added tax of 19 %, in cents, half away from zero. */
export function taxOf(netCents: number): number {
    const tax = Math.floor((Math.abs(netCents) * 19 + 50) / 100);
    return netCents < 0 ? -tax : tax;
}

/** Won, from won. */
export function titled(word: string): string {
    return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
