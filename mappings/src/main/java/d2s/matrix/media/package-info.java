/** Where the two servers keep uploaded files and their thumbnails. */
package d2s.matrix.media;
