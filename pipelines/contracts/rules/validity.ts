import { date, optional } from '../columns.ts';

/** The two columns of every dated rule. */
export const validity = {
    valid_from: date('First day the row is in force.'),
    valid_to: optional(date('First day it is no longer in force; empty while it is.')),
};
