namespace Regard.Insight;

/// <summary>Vectors and small matrices, as the search for parameters needs them.</summary>
internal static class Linear
{
    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    public static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    public static double[] Plus(double[] a, double factor, double[] b)
    {
        var sum = new double[a.Length];
        for (var i = 0; i < a.Length; i++) sum[i] = a[i] + (factor * b[i]);
        return sum;
    }

    public static double[] Times(double[,] matrix, double[] vector, double factor)
    {
        var product = new double[vector.Length];
        for (var i = 0; i < vector.Length; i++)
            for (var j = 0; j < vector.Length; j++) product[i] += factor * matrix[i, j] * vector[j];
        return product;
    }

    public static void SetDiagonal(double[,] matrix, double value)
    {
        Array.Clear(matrix);
        for (var i = 0; i < matrix.GetLength(0); i++) matrix[i, i] = value;
    }

    /// <summary>The diagonal of a symmetric matrix's inverse, by Gauss and Jordan with pivots; NaN where it has none.</summary>
    public static double[] InverseDiagonal(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var work = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) work[i, j] = (matrix[i, j] + matrix[j, i]) / 2;
            work[i, n + i] = 1;
        }
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(work[row, column]));
            for (var j = 0; j < 2 * n; j++) (work[column, j], work[pivot, j]) = (work[pivot, j], work[column, j]);
            var divisor = work[column, column];
            for (var j = 0; j < 2 * n; j++) work[column, j] /= divisor;
            for (var row = 0; row < n; row++)
            {
                if (row == column) continue;
                var factor = work[row, column];
                for (var j = 0; j < 2 * n; j++) work[row, j] -= factor * work[column, j];
            }
        }
        return [.. Enumerable.Range(0, n).Select(i => double.IsFinite(work[i, n + i]) ? work[i, n + i] : double.NaN)];
    }

    /// <summary>Solves linear equations by elimination with pivots: each row holds the factors and, last, the right side.</summary>
    public static double[] Solve(double[,] rows)
    {
        var n = rows.GetLength(0);
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
                if (Math.Abs(rows[row, column]) > Math.Abs(rows[pivot, column])) pivot = row;
            for (var j = column; j <= n; j++) (rows[column, j], rows[pivot, j]) = (rows[pivot, j], rows[column, j]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = rows[row, column] / rows[column, column];
                if (factor == 0) continue;
                for (var j = column; j <= n; j++) rows[row, j] -= factor * rows[column, j];
            }
        }
        var solution = new double[n];
        for (var row = n - 1; row >= 0; row--)
        {
            var rest = rows[row, n];
            for (var j = row + 1; j < n; j++) rest -= rows[row, j] * solution[j];
            solution[row] = rest / rows[row, row];
        }
        return solution;
    }
}
