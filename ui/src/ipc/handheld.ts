import { inApp } from './client';

/** Is it a phone or a tablet? */
export const handheld = (): boolean => /Android|iP|Mobile/.test(navigator.userAgent);

/** Can a page be printed? The web views of phone apps have no such thing; there a picture is sent, which other apps print. */
export const canPrint = (): boolean => !(inApp() && handheld());
