import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../fixtures/cases');

/** The bytes of a file of the cases: small inputs made after real exports. */
export function caseFile(name: string): Uint8Array {
    return readFileSync(resolve(folder, name));
}
