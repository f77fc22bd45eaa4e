import type { IconName } from '../../components/icons';
import type { Role } from '../map/types';

const looks: Record<Role, IconName> = { home: 'home_fill', work: 'work', school: 'school', parents: 'family_home', other: 'location_on' };
export const roles = Object.keys(looks) as Role[];

/** The icon of a place of mine. */
export const roleLook = (role: Role): IconName => looks[role] ?? 'location_on';
