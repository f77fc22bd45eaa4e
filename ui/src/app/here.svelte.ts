/** The point from which distances are counted: chosen by the reader, kept while the app runs, sent nowhere. */
export interface Here {
  /** The building that was chosen; none where the phone told the point. */
  name: string | undefined;
  lat: number;
  lon: number;
}

class Chosen {
  place = $state.raw<Here | undefined>(undefined);
}

export const here = new Chosen();
