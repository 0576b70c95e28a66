import type { ProductLine } from './product-lines.ts';
import type { Random } from './random.ts';

export interface Contact {
    readonly fullName: string;
    readonly email: string;
    readonly companyName: string;
    readonly countryCode: string;
}

const FIRST_NAMES = (
    'Andrei Ioana Ștefan Maria Vlad Cristina Gábor Elena Dumitru Brândușa Nicolae Oana Petru ' +
    'Simona Tudor Raluca Florin Anca Zoltán Daniela Iulian Monica Sergiu Alina Bogdan Larisa'
).split(' ');
const LAST_NAMES = (
    'Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Mocanu Nagy Kovács ' +
    'Șerban Lazăr Munteanu Toma Neagu Dobre Petrov Ungureanu Bălan Sandu Ivanova Schneider'
).split(' ');
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
    Ș: 'S',
    ș: 's',
    ă: 'a',
    â: 'a',
    á: 'a',
};
const COMPANY_WORDS =
    'Atlas Nord Carpat Danubia Metal Vest Orion Delta Nova Castel Primar Silva Termo Urban Solid'.split(
        ' ',
    );
const COMPANY_KINDS = ['Construct SRL', 'Service SRL', 'Logistic SA', 'Imobiliare SRL', 'Prod SRL'];
const COUNTRIES = ['RO', 'HU', 'BG', 'MD', 'DE'];
const COUNTRY_WEIGHTS = [0.84, 0.05, 0.04, 0.05, 0.02];
const MAIL_HOSTS = ['mail.example', 'post.example', 'inbox.example'];
const COMPANY_SHARE: Readonly<Record<ProductLine, number>> = { gates: 0.55, parts: 0.3 };

/** A made-up person: all mail hosts lie in the reserved domain .example. */
export function createContact(random: Random, line: ProductLine, serial: number): Contact {
    const first = random.pick(FIRST_NAMES);
    const last = random.pick(LAST_NAMES);
    const isCompany = random.chance(COMPANY_SHARE[line]);
    const companyName = isCompany
        ? `${random.pick(COMPANY_WORDS)} ${random.pick(COMPANY_WORDS)} ${random.pick(COMPANY_KINDS)}`
        : '';
    return {
        fullName: `${first} ${last}`,
        email: `${toAscii(first)}.${toAscii(last)}${serial}@${random.pick(MAIL_HOSTS)}`,
        companyName,
        countryCode: COUNTRIES[random.weighted(COUNTRY_WEIGHTS)] ?? 'RO',
    };
}

function toAscii(name: string): string {
    return name.replace(/[^A-Za-z]/g, (letter) => PLAIN_LETTERS[letter] ?? '').toLowerCase();
}
