import { weigh } from './scales.js'

// #region juice
export function juice(grapes) {
  return weigh(grapes) * 0.7
}
// #endregion juice
